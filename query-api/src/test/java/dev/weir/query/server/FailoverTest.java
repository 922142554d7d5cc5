package dev.weir.query.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import dev.weir.query.ClusterView;
import dev.weir.store.Key;
import dev.weir.store.Role;
import dev.weir.store.ShardMap;
import dev.weir.store.ShardStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Three nodes over a real broker, one of them a process that dies, freezes and wakes again. */
class FailoverTest {
  private static final Logger LOG = LoggerFactory.getLogger(FailoverTest.class);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private static Path directory;
  private static EmbeddedKafka kafka;
  private static Weir one;
  private static Weir two;

  private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start(Options.in(directory.resolve("kafka")));
    one = node("one");
    two = node("two");
    one.awaitReady(PATIENCE);
    two.awaitReady(PATIENCE);
  }

  @AfterAll
  static void stop() {
    two.close();
    one.close();
    kafka.close();
  }

  private static Weir node(String name) {
    return NodeProcess.builder(kafka.bootstrapServers(), name, directory).start();
  }

  @Test
  void aKilledNodesShardsGoOnAtTheirStandbys() throws Exception {
    try (NodeProcess victim = third()) {
      Set<Integer> lost = settledShardsOf("three");
      writeEverywhere(1);
      Map<Integer, Long> standbys = positions(lost);
      assertThat(standbys.keySet()).isEqualTo(lost);

      victim.kill();
      long killed = System.nanoTime();
      Map<Integer, Long> slowest = new TreeMap<>();
      Set<Integer> waiting = new HashSet<>(lost);
      while (!waiting.isEmpty()) {
        // Whoever had to fold the log from its beginning would be seen at an earlier position.
        positions(lost)
            .forEach(
                (shard, position) ->
                    assertThat(position).isGreaterThanOrEqualTo(standbys.getOrDefault(shard, -1L)));
        waiting.removeIf(shard -> writes(shard, 2, killed, slowest));
      }
      LOG.info("Milliseconds from SIGKILL to the first write, by shard: {}", slowest);
      readEverywhere();
      assertThat(members()).doesNotContain("three");
    }
  }

  @Test
  void aFrozenNodeIsEvictedAndJoinsAgainWhenItWakes() throws Exception {
    try (NodeProcess sleeper = third()) {
      Set<Integer> lost = settledShardsOf("three");
      writeEverywhere(1);

      sleeper.freeze();
      long frozen = System.nanoTime();
      Map<Integer, Long> slowest = new TreeMap<>();
      Set<Integer> waiting = new HashSet<>(lost);
      while (!waiting.isEmpty()) {
        waiting.removeIf(shard -> writes(shard, 3, frozen, slowest));
      }
      LOG.info("Milliseconds from SIGSTOP to the first write, by shard: {}", slowest);
      assertThat(members()).doesNotContain("three");

      sleeper.wake();
      settledShardsOf("three");
      writeEverywhere(4);
      readEverywhere();
    }
  }

  private static NodeProcess third() throws Exception {
    return NodeProcess.start(kafka.bootstrapServers(), "three", directory);
  }

  /** What a node is active for, once every shard is served with a standby and nothing lags. */
  private static Set<Integer> settledShardsOf(String node) {
    Set<Integer> actives = new TreeSet<>();
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              actives.clear();
              int copies = 0;
              for (ClusterView.Node each : cluster().nodes()) {
                for (ShardStatus shard : each.shards()) {
                  copies += each.live() && shard.serving() && shard.lag() == 0 ? 1 : 0;
                  if (each.id().equals(node) && shard.role() == Role.ACTIVE) {
                    actives.add(shard.shard());
                  }
                }
              }
              return copies == 2 * NodeProcess.SHARDS && !actives.isEmpty();
            });
    return actives;
  }

  private static ClusterView cluster() {
    return one.database().cluster().join();
  }

  private static Set<String> members() {
    Set<String> members = new TreeSet<>();
    cluster().nodes().forEach(node -> members.add(node.id()));
    return members;
  }

  /** How far the survivors' copies of some shards are. */
  private static Map<Integer, Long> positions(Set<Integer> shards) {
    Map<Integer, Long> positions = new TreeMap<>();
    for (ClusterView.Node node : cluster().nodes()) {
      for (ShardStatus shard : node.shards()) {
        if (!node.id().equals("three") && shards.contains(shard.shard())) {
          positions.merge(shard.shard(), shard.position().offset(), Math::max);
        }
      }
    }
    return positions;
  }

  private void writeEverywhere(int value) {
    for (int shard = 0; shard < NodeProcess.SHARDS; shard++) {
      int wanted = shard;
      await()
          .pollDelay(Duration.ZERO)
          .atMost(PATIENCE)
          .until(() -> writes(wanted, value, System.nanoTime(), new TreeMap<>()));
    }
  }

  /** Tries one write to a shard and notes when it was acknowledged. */
  private boolean writes(int shard, int value, long since, Map<Integer, Long> slowest) {
    String key = key(shard);
    try {
      notes(one).put(key, IntNode.valueOf(value));
    } catch (RefusedException e) {
      LOG.info("Shard {} refuses: {}", shard, e.getMessage());
      return false;
    }
    acknowledged.put(key, value);
    slowest.put(shard, (System.nanoTime() - since) / 1_000_000);
    return true;
  }

  private void readEverywhere() {
    for (Weir node : new Weir[] {one, two}) {
      acknowledged.forEach(
          (key, value) ->
              assertThat(notes(node).get(key).map(WeirCollection.Entry::value))
                  .isEqualTo(Optional.<JsonNode>of(IntNode.valueOf(value))));
    }
  }

  private static String key(int shard) {
    ShardMap shards = new ShardMap(NodeProcess.SHARDS);
    for (int i = 0; ; i++) {
      String key = "k" + i;
      if (shards.shardOf(Key.ofEncoded(key.getBytes(StandardCharsets.UTF_8))) == shard) {
        return key;
      }
    }
  }

  private static WeirCollection<String> notes(Weir node) {
    return node.collection("note", String.class);
  }
}
