package dev.weir.query.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import dev.weir.query.Arriving;
import dev.weir.query.ClusterView;
import dev.weir.store.KeyType;
import dev.weir.store.ShardStatus;
import dev.weir.store.log.TopicPlan;
import dev.weir.store.streams.ShardSetup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that get their state from another one and are killed meanwhile; keys read meanwhile. */
@Timeout(300)
class BootstrapFaultsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int NOTES = 300;
  private static final int LENGTH = 3000;

  @TempDir private static Path directory;
  private static EmbeddedKafka kafka;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start(Options.in(directory.resolve("kafka")));
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void aReceiverThatIsKilledGoesOnWhenItIsBack() throws Exception {
    try (Weir one =
        NodeProcess.builder(kafka.bootstrapServers(), "one", directory)
            .set(Setting.BOOTSTRAP_LEAST_RECORDS, "0")
            .set(Setting.BOOTSTRAP_RATE, "0")
            .start()) {
      one.awaitReady(PATIENCE);
      fill(one);

      // In the middle of its downloads.
      try (NodeProcess two = two("BOOTSTRAP_RATE=100KiB")) {
        await().atMost(PATIENCE).until(() -> arriving(one).stream().anyMatch(this::inTheMiddle));
        two.killAndWait();
      }
      assertThat(directory.resolve("two/arriving")).isNotEmptyDirectory();

      // While it starts Kafka Streams over the states that have arrived.
      try (NodeProcess two = two("BOOTSTRAP_RATE=0")) {
        Path database = database("two", 0);
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(2))
            .until(() -> Files.exists(database));
        two.killAndWait();
      }

      try (Weir two =
          NodeProcess.builder(kafka.bootstrapServers(), "two", directory)
              .set(Setting.BOOTSTRAP_LEAST_RECORDS, "0")
              .start()) {
        await().atMost(PATIENCE).until(() -> complete(two));
        one.close();
        expectAll(two);
      }
    }
  }

  private static NodeProcess two(String rate) throws Exception {
    return NodeProcess.start(
        kafka.bootstrapServers(), "two", directory, "BOOTSTRAP_LEAST_RECORDS=0", rate);
  }

  private boolean inTheMiddle(Arriving state) {
    return state.arrived() > 0
        && state.arrived() < state.bytes()
        && state.bytesPerSecond() > 0
        && state.source().equals("node one");
  }

  private static List<Arriving> arriving(Weir asked) {
    return asked.database().cluster().join().nodes().stream()
        .filter(node -> node.id().equals("two"))
        .map(ClusterView.Node::arriving)
        .findFirst()
        .orElse(List.of());
  }

  private static Path database(String node, int shard) {
    return directory
        .resolve(node)
        .resolve("streams")
        .resolve(new TopicPlan("failover", 0, NodeProcess.SHARDS).streamsApplicationId())
        .resolve("0_" + shard)
        .resolve(ShardSetup.storeName(0));
  }

  private static boolean complete(Weir node) {
    List<ShardStatus> shards = node.store().shards();
    return shards.size() == NodeProcess.SHARDS && shards.stream().allMatch(ShardStatus::serving);
  }

  private static void fill(Weir node) {
    WeirCollection<String> notes = node.collection("note", String.class);
    for (int i = 0; i < NOTES; i++) {
      notes.put("k" + i, TextNode.valueOf(i + shuffled(i)));
    }
  }

  private static void expectAll(Weir node) {
    WeirCollection<String> notes = node.collection("note", String.class);
    for (int i = 0; i < NOTES; i++) {
      int number = i;
      await()
          .pollDelay(Duration.ZERO)
          .atMost(PATIENCE)
          .ignoreExceptions()
          .untilAsserted(
              () -> assertThat(text(notes, number)).isEqualTo(number + shuffled(number)));
    }
  }

  /** Another text for each number: the same one would be compressed away. */
  private static String shuffled(int number) {
    Random random = new Random(number);
    StringBuilder text = new StringBuilder(LENGTH);
    random.ints(LENGTH, 'A', 'z').forEach(text::appendCodePoint);
    return text.toString();
  }

  private static String text(WeirCollection<String> notes, int number) {
    return notes.get("k" + number).orElseThrow().value().textValue();
  }

  /** KIP-441. */
  @Test
  void noKeyIsEverUnreadableWhileANodeJoins() throws Exception {
    try (Weir first = joining("first")) {
      first.awaitReady(PATIENCE);
      fill(first);
      List<String> failures = new CopyOnWriteArrayList<>();
      try (Reader here = new Reader(first, failures);
          Weir second = joining("second")) {
        second.awaitReady(PATIENCE);
        try (Reader there = new Reader(second, failures)) {
          Settled.await(List.of(first, second), NodeProcess.SHARDS);
          here.again();
          there.again();
        }
        here.close();
        assertThat(failures).isEmpty();
        assertThat(directory.resolve("second/arriving")).isEmptyDirectory();
      }
    }
  }

  private static Weir joining(String name) {
    return Weir.builder()
        .application("joining")
        .bootstrapServers(kafka.bootstrapServers())
        .listen("127.0.0.1:0")
        .stateDirectory(directory.resolve(name))
        .shards(NodeProcess.SHARDS)
        .set(Setting.NODE, name)
        .set(Setting.MEMORY, "64MiB")
        .set(Setting.BOOTSTRAP_LEAST_RECORDS, "0")
        .collection("note", KeyType.Scalar.STRING)
        .start();
  }

  /** Reads all notes at a node, over and over, until it is closed. */
  private static final class Reader implements AutoCloseable {
    private final WeirCollection<String> notes;
    private final List<String> failures;
    private final Thread thread = new Thread(this::read, "reader");
    private final AtomicInteger rounds = new AtomicInteger();
    private volatile boolean over;

    Reader(Weir node, List<String> failures) {
      this.notes = node.collection("note", String.class);
      this.failures = failures;
      thread.start();
    }

    private void read() {
      while (!over) {
        for (int i = 0; i < NOTES && !over; i++) {
          try {
            if (!text(notes, i).equals(i + shuffled(i))) {
              failures.add("k" + i + " is another one");
            }
          } catch (RuntimeException e) {
            failures.add("k" + i + ": " + e);
          }
        }
        rounds.incrementAndGet();
      }
    }

    /** Waits until all have been read once more. */
    void again() {
      int before = rounds.get();
      await().atMost(PATIENCE).until(() -> rounds.get() > before + 1);
    }

    @Override
    public void close() throws InterruptedException {
      over = true;
      thread.join();
    }
  }
}
