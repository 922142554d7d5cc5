package dev.weir.query.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import dev.weir.query.ClusterView;
import dev.weir.store.Role;
import dev.weir.store.ShardStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Three nodes in this process that are stopped in order and started again, under load. */
class RestartTest {
  private static final Logger LOG = LoggerFactory.getLogger(RestartTest.class);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int KEYS = 60;

  @TempDir private Path directory;
  private EmbeddedKafka kafka;
  private final Map<String, Weir> nodes = new LinkedHashMap<>();

  @BeforeEach
  void startBroker() {
    kafka = EmbeddedKafka.start(Options.in(directory.resolve("kafka")));
  }

  @AfterEach
  void stop() {
    nodes.values().forEach(Weir::close);
    kafka.close();
  }

  /** Reads go on while shards move: KIP-535. */
  @Test
  void aRollingRestartFailsNoReadAndLeavesNoWriteUnknown() throws Exception {
    startAll(false);
    for (String name : List.copyOf(nodes.keySet())) {
      Weir stopping = nodes.get(name);
      List<Weir> others = nodes.values().stream().filter(node -> node != stopping).toList();
      try (Readers readers = new Readers(others);
          Writers writers = new Writers(name, others)) {
        stopping.close();
        nodes.put(name, start(name, false));
        spread();
        writers.close();
        settle();
        readers.expectNoFailure(name + " restarted");
        writers.expectEachOnce(nodes.get(name));
      }
    }
  }

  @Test
  void anAnnouncedRestartKeepsItsPlaceWithoutARebalance() throws Exception {
    startAll(true);
    Weir stopping = nodes.get("two");
    Set<Integer> before = actives("two");
    assertThat(before).isNotEmpty();
    Map<String, Double> rebalances = rebalances("one", "three");
    List<Weir> others = List.of(nodes.get("one"), nodes.get("three"));
    try (Readers readers = new Readers(others);
        Writers writers = new Writers("quick", others)) {
      stopping.close();
      assertThat(members()).as("it is only away").contains("two");
      nodes.put("two", start("two", true));
      spread();
      writers.close();
      settle();
      readers.expectNoFailure("announced restart");
      writers.expectEachOnce(nodes.get("two"));
    }
    assertThat(actives("two")).isEqualTo(before);
    assertThat(rebalances("one", "three")).isEqualTo(rebalances);
  }

  private void startAll(boolean quick) {
    for (String name : List.of("one", "two", "three")) {
      nodes.put(name, start(name, quick));
    }
    settle();
    for (int i = 0; i < KEYS; i++) {
      notes(nodes.get("one")).put("k" + i, IntNode.valueOf(i));
    }
    settle();
  }

  private Weir start(String name, boolean quick) {
    Weir node =
        NodeProcess.builder(kafka.bootstrapServers(), name, directory)
            .set(Setting.QUICK_RESTART, Boolean.toString(quick))
            .start();
    node.awaitReady(PATIENCE);
    return node;
  }

  /** Waits until every shard has two copies that are equally far, and every node some actives. */
  private void settle() {
    await().atMost(PATIENCE).until(() -> isSpread(true));
  }

  /** The same while the copies go on. */
  private void spread() {
    await().atMost(PATIENCE).until(() -> isSpread(false));
  }

  private boolean isSpread(boolean equal) {
    List<String> copies = new ArrayList<>();
    Set<String> owners = new TreeSet<>();
    for (ClusterView.Node node : cluster().nodes()) {
      for (ShardStatus shard : node.shards()) {
        if (node.live() && shard.serving()) {
          copies.add(shard.shard() + (equal ? "@" + shard.position().offset() : ""));
        }
        if (node.live() && shard.role() == Role.ACTIVE) {
          owners.add(node.id());
        }
      }
    }
    return copies.size() == 2 * NodeProcess.SHARDS
        && Set.copyOf(copies).size() == NodeProcess.SHARDS
        && owners.size() == nodes.size();
  }

  private ClusterView cluster() {
    return nodes.get("one").database().cluster().join();
  }

  private Set<String> members() {
    Set<String> members = new TreeSet<>();
    cluster().nodes().forEach(node -> members.add(node.id()));
    return members;
  }

  private Set<Integer> actives(String name) {
    Set<Integer> actives = new TreeSet<>();
    for (ClusterView.Node node : cluster().nodes()) {
      for (ShardStatus shard : node.shards()) {
        if (node.id().equals(name) && shard.role() == Role.ACTIVE) {
          actives.add(shard.shard());
        }
      }
    }
    return actives;
  }

  /** How many rebalances the stream threads of some nodes have gone through. */
  private Map<String, Double> rebalances(String... names) {
    Map<String, Double> rebalances = new LinkedHashMap<>();
    for (String name : names) {
      nodes.get(name).store().streams().metrics().values().stream()
          .filter(metric -> metric.metricName().name().equals("rebalance-total"))
          .forEach(
              metric ->
                  rebalances.merge(
                      name, ((Number) metric.metricValue()).doubleValue(), Double::sum));
    }
    assertThat(rebalances).hasSize(names.length);
    return rebalances;
  }

  private static WeirCollection<String> notes(Weir node) {
    return node.collection("note", String.class);
  }

  /** Read all keys at some nodes, over and over, until closed. */
  private static final class Readers implements AutoCloseable {
    private final List<Thread> threads = new ArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong slowest = new AtomicLong();
    private volatile boolean ending;

    Readers(List<Weir> nodes) {
      nodes.forEach(node -> threads.add(new Thread(() -> read(node), "reader-" + node.nodeId())));
      threads.forEach(Thread::start);
    }

    private void read(Weir node) {
      for (int i = 0; !ending; i = (i + 1) % KEYS) {
        long start = System.nanoTime();
        try {
          Optional<JsonNode> found = notes(node).get("k" + i).map(WeirCollection.Entry::value);
          if (!found.equals(Optional.of(IntNode.valueOf(i)))) {
            failures.add("k" + i + " is " + found);
          }
        } catch (RuntimeException e) {
          failures.add(e.toString());
        }
        reads.incrementAndGet();
        slowest.accumulateAndGet((System.nanoTime() - start) / 1_000_000, Math::max);
      }
    }

    void expectNoFailure(String what) throws InterruptedException {
      close();
      LOG.info("{}: {} reads, the slowest took {} ms", what, reads, slowest);
      assertThat(failures).isEmpty();
      assertThat(reads.get()).isPositive();
    }

    @Override
    public void close() throws InterruptedException {
      ending = true;
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }
}
