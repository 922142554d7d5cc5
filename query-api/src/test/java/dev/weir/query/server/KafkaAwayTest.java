package dev.weir.query.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import dev.weir.query.Result;
import dev.weir.store.Key;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Refusal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two nodes whose broker goes away for a while: 15 s, or {@code -Dweir.outage.seconds}. */
class KafkaAwayTest {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaAwayTest.class);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int KEYS = 40;

  /** Far below the time after which a write that waits is given up. */
  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  @TempDir private Path directory;
  private final AtomicLong acknowledged = new AtomicLong();

  @Test
  void readsGoOnWritesAreRefusedAtOnceAndAllRecovers() throws Exception {
    Options options = Options.in(directory.resolve("kafka"));
    EmbeddedKafka kafka = EmbeddedKafka.start(options);
    try (Weir one = node(kafka, directory, "one");
        Weir two = node(kafka, directory, "two")) {
      List<Weir> nodes = List.of(one, two);
      nodes.forEach(node -> node.awaitReady(PATIENCE));
      Settled.await(nodes, NodeProcess.SHARDS);
      for (int i = 0; i < KEYS; i++) {
        notes(one).put("k" + i, IntNode.valueOf(i));
      }
      // Whoever folds when Kafka goes has something to commit, and is refused it again and again.
      Thread busy = new Thread(() -> writeUntilRefused(two));
      busy.start();
      await().atMost(PATIENCE).until(() -> acknowledged.get() > 20);

      kafka.close();
      long away = System.nanoTime();
      await().atMost(PATIENCE).until(() -> nodes.stream().allMatch(this::refusesAtOnce));
      LOG.info("Writes are refused at once {} ms after the end of the broker", millis(away));
      Duration outage = Duration.ofSeconds(Integer.getInteger("weir.outage.seconds", 15));
      while (System.nanoTime() - away < outage.toNanos()) {
        await().pollDelay(Duration.ofMillis(200)).until(() -> true);
        for (Weir node : nodes) {
          readEverything(node);
          assertThat(refusesAtOnce(node)).isTrue();
          assertThat(node.isReady()).isTrue();
        }
      }

      kafka = EmbeddedKafka.start(options.withPort(kafka.port()));
      long back = System.nanoTime();
      for (Weir node : nodes) {
        await().atMost(PATIENCE).until(() -> writesEverywhere(node));
        LOG.info("{} writes to all shards {} ms after the start", node.nodeId(), millis(back));
        readEverything(node);
        long count = notes(node).get("busy").orElseThrow().value().asLong();
        assertThat(count).isGreaterThanOrEqualTo(acknowledged.get());
        assertThat(node.store().failure()).isEmpty();
      }
      busy.join();
    } finally {
      kafka.close();
    }
  }

  private static Weir node(EmbeddedKafka kafka, Path directory, String name) {
    return NodeProcess.builder(kafka.bootstrapServers(), name, directory)
        .kafka("main.consumer.default.api.timeout.ms", "1000")
        .start();
  }

  /** Whether one write to each of many keys is refused for want of Kafka, with nothing appended. */
  private boolean refusesAtOnce(Weir node) {
    try {
      for (int i = 0; i < 4; i++) {
        Result<Outcome> result =
            node.database().submit(put(node, i)).get(AT_ONCE.toMillis(), TimeUnit.MILLISECONDS);
        if (!(result instanceof Result.Failure<Outcome> failure
            && failure.refusal() instanceof Refusal.LogUnreachable unreachable
            && unreachable.detail().contains("nothing was written"))) {
          return false;
        }
      }
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void writeUntilRefused(Weir node) {
    try {
      for (long count = 1; ; count++) {
        notes(node).put("busy", LongNode.valueOf(count));
        acknowledged.set(count);
      }
    } catch (RefusedException e) {
      LOG.info("The last acknowledged write was number {}: {}", acknowledged, e.getMessage());
    }
  }

  private static Operation put(Weir node, int i) {
    int id = node.database().catalogue().collection("note").orElseThrow().id();
    Key key = Key.ofEncoded(("k" + i).getBytes(StandardCharsets.UTF_8));
    return new Operation.Put(id, key, Integer.toString(i).getBytes(StandardCharsets.UTF_8));
  }

  private static boolean writesEverywhere(Weir node) {
    try {
      for (int i = 0; i < KEYS; i++) {
        notes(node).put("k" + i, IntNode.valueOf(i));
      }
      return true;
    } catch (RefusedException e) {
      return false;
    }
  }

  private static void readEverything(Weir node) {
    for (int i = 0; i < KEYS; i++) {
      assertThat(notes(node).get("k" + i).map(WeirCollection.Entry::value))
          .isEqualTo(Optional.<JsonNode>of(IntNode.valueOf(i)));
    }
  }

  private static long millis(long since) {
    return (System.nanoTime() - since) / 1_000_000;
  }

  private static WeirCollection<String> notes(Weir node) {
    return node.collection("note", String.class);
  }
}
