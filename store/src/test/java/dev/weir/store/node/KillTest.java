package dev.weir.store.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kafka.EmbeddedKafka;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Operation;
import dev.weir.store.Position;
import dev.weir.store.ShardMap;
import dev.weir.store.log.LogProducer;
import dev.weir.store.log.LogProducerTuning;
import dev.weir.store.log.TopicPlan;
import dev.weir.store.testing.MapState;
import dev.weir.store.write.EdgeAudit;
import dev.weir.store.write.LogRecord;
import dev.weir.store.write.LogRecord.Origin;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node is killed with SIGKILL at random moments, while it writes, folds, sends its outbox and
 * trims it. Nothing acknowledged may be lost, nothing wiped, and only the tail of the log replayed.
 */
class KillTest {
  private static final Logger LOG = LoggerFactory.getLogger(KillTest.class);
  private static final int ROUNDS = Integer.getInteger("weir.kill.rounds", 3);
  private static final long SEED = Long.getLong("weir.kill.seed", 20261121);
  private static final int SHARDS = StoreProcess.SHARDS;
  private static final String APPLICATION = "killed";

  /** The source that the process declares after its two collections. */
  private static final Origin ORIGIN = new Origin(3, 1, new Uuid(4, 2), 0);

  @TempDir static Path brokerDirectory;
  private static EmbeddedKafka kafka;
  @TempDir Path directory;

  private final Random random = new Random(SEED);
  private final TestStores stores = new TestStores(kafka, APPLICATION, SHARDS, 1);
  private final Map<String, String> acknowledged = new HashMap<>();
  private final Map<String, String> derivedKeyOfRow = new HashMap<>();
  private final long[] previous = {LogRecord.FIRST, LogRecord.FIRST, LogRecord.FIRST};
  private long seq;

  @BeforeAll
  static void startBroker() {
    kafka = TestStores.broker(brokerDirectory);
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  /** A crash costs no restore from the beginning: KIP-892. */
  @Test
  void nothingIsLostWhenANodeDiesAgainAndAgain() throws Exception {
    LOG.info("seed {}", SEED);
    Map<Integer, Position> before = Map.of();
    for (int round = 0; round < ROUNDS; round++) {
      runAndKill(round);
      Map<Integer, Position> after = positions();
      before.forEach(
          (shard, position) ->
              assertThat(after.get(shard).offset()).isGreaterThanOrEqualTo(position.offset()));
      before = after;
    }
    List<List<String>> folded = new ArrayList<>();
    try (StoreNode node = stores.start(directory, "n1")) {
      Map<Integer, Position> opened = before;
      node.shards()
          .forEach(
              s ->
                  assertThat(s.position().offset())
                      .isGreaterThanOrEqualTo(opened.get(s.shard()).offset()));
      stores.awaitServing(node);
      stores.quiesce(node);
      expectAcknowledged(node);
      expectDerived(node);
      expectEdgesAtBothEnds(node);
      for (int shard = 0; shard < SHARDS; shard++) {
        folded.add(stores.fold(node, shard));
      }
    }
    for (int shard = 0; shard < SHARDS; shard++) {
      assertThat(stores.dump(directory, shard)).isEqualTo(folded.get(shard));
    }
  }

  private void expectEdgesAtBothEnds(StoreNode node) {
    List<MapState> states = new ArrayList<>();
    for (int shard = 0; shard < SHARDS; shard++) {
      states.add(stores.folded(node, shard));
    }
    EdgeAudit audit = new EdgeAudit(states, node.catalogue());
    audit.check("after " + ROUNDS + " kills", "calls");
    assertThat(audit.documents("calls")).isNotEmpty();
  }

  private void runAndKill(int round) throws Exception {
    Process process =
        ChildJvm.start(
            StoreProcess.class,
            kafka.bootstrapServers(),
            APPLICATION,
            directory.toString(),
            Integer.toString(round));
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      int acks = 0;
      boolean killed = false;
      List<String> other = new ArrayList<>();
      int enough = 50 + random.nextInt(500);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals("READY")) {
          feedTrackedRows();
        } else if (line.startsWith("ACK ")) {
          String[] words = line.split(" ");
          acknowledged.put(words[1], words[2]);
          acks++;
        } else {
          other.add(line);
        }
        if (acks >= enough && !killed) {
          // The handle: the process itself would close the stream with the last acknowledgements.
          killed = process.toHandle().destroyForcibly();
        }
      }
      assertThat(killed)
          .as("round %s wrote and was killed; it said: %s", round, String.join("\n", other))
          .isTrue();
    } finally {
      process.destroyForcibly().waitFor();
    }
    countTail(round);
  }

  /** How much of the log a restart has to fold again. */
  private void countTail(int round) {
    long tail = 0;
    long all = 0;
    for (Map.Entry<Integer, Position> state : positions().entrySet()) {
      long end = LogReader.end(kafka.bootstrapServers(), APPLICATION + ".log.g0", state.getKey());
      tail += end - 1 - state.getValue().offset();
      all += end;
    }
    LOG.info("round {}: {} of {} log records are left to fold", round, tail, all);
    assertThat(tail).isLessThan(all);
  }

  private Map<Integer, Position> positions() {
    return LocalStates.positions(
        directory.resolve("streams").resolve(APPLICATION + ".store.g0"), 0);
  }

  /** Rows whose derived keys move, so that the outboxes are busy when the node dies. */
  private void feedTrackedRows() throws Exception {
    List<CompletableFuture<Long>> appends = new ArrayList<>();
    try (LogProducer log =
        new LogProducer(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new TopicPlan(APPLICATION, 0, SHARDS),
            LogProducerTuning.ingest("feed"))) {
      for (int i = 0; i < 600; i++) {
        String row = "row" + random.nextInt(40);
        String derived = row + "-at-" + random.nextInt(5);
        int shard = new ShardMap(SHARDS).shardOf(TestStores.bytes(row));
        Operation track =
            new Operation.Track(
                ORIGIN.source(),
                people(),
                TestStores.bytes(row),
                TestStores.key(derived),
                TestStores.bytes("\"" + seq + "\""));
        appends.add(
            log.append(shard, new LogRecord.Ingested(ORIGIN, seq, previous[shard], track), seq));
        previous[shard] = seq++;
        derivedKeyOfRow.put(row, derived);
      }
      for (CompletableFuture<Long> append : appends) {
        append.get(30, TimeUnit.SECONDS);
      }
    }
  }

  /** The second collection that the process defines. */
  private static int people() {
    return 2;
  }

  private void expectAcknowledged(StoreNode node) {
    CollectionDefinition notes = node.catalogue().collection("note").orElseThrow();
    acknowledged.forEach(
        (key, value) -> {
          String stored = stores.get(node, notes, key).orElseThrow();
          // A write behind the last acknowledged one may have been applied as well.
          assertThat(order(stored)).as(key).isGreaterThanOrEqualTo(order(value));
        });
  }

  private static long order(String value) {
    String[] parts = value.replace("\"", "").split("-");
    return Long.parseLong(parts[0]) * 1_000_000_000L + Long.parseLong(parts[1]);
  }

  private void expectDerived(StoreNode node) {
    CollectionDefinition people = node.catalogue().collection("person").orElseThrow();
    for (int row = 0; row < 40; row++) {
      for (int at = 0; at < 5; at++) {
        String key = "row" + row + "-at-" + at;
        boolean wanted = key.equals(derivedKeyOfRow.get("row" + row));
        assertThat(stores.get(node, people, key).isPresent()).as(key).isEqualTo(wanted);
      }
    }
  }
}
