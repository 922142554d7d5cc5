package dev.weir.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.store.log.LogAppender;
import dev.weir.store.write.LogRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What breaks between source and log: nothing is skipped, nothing takes effect twice. */
final class IngestFaultTest {

  @TempDir static Path directory;
  private static Broker broker;

  @BeforeAll
  static void startBroker() {
    broker = new Broker(directory);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void aNodeDiesBetweenSendAndCommitAndItsRecordsArriveLater() throws Exception {
    try (Application app = Application.of(broker, 2)) {
      app.produce(2, 0, 500);
      FakeLog.Held zombie = app.log.held();
      Ingest first = app.start(zombie);
      await().atMost(Duration.ofSeconds(30)).until(() -> zombie.waiting() == 500);
      // Acknowledged in part, and not committed up to there: the first record of each is missing.
      first.close();
      assertThat(app.effects()).isZero();

      app.start(app.log.direct());
      app.awaitEffects(500);
      zombie.deliverAll();
      app.produce(2, 500, 600);
      app.awaitEffects(600);
      app.awaitDocuments();
      assertThat(app.log.size()).isEqualTo(1_100);
    }
  }

  @Test
  void aZombieKeepsSendingWhileAnotherHasTakenOver() throws Exception {
    try (Application app = Application.of(broker, 1)) {
      FakeLog.Held zombie = app.log.held();
      app.produce(1, 0, 300);
      Ingest first = app.start(zombie);
      await().atMost(Duration.ofSeconds(30)).until(() -> zombie.waiting() == 300);
      for (int i = 0; i < 20; i++) {
        zombie.deliver(i % Application.SHARDS);
      }
      first.close();
      FakeLog.Held second = app.log.held();
      app.start(second);
      await().atMost(Duration.ofSeconds(30)).until(() -> second.waiting() > 0);
      Random random = new Random(7);
      while (app.effects() < 300) {
        (random.nextBoolean() ? zombie : second).deliver(random.nextInt(Application.SHARDS));
      }
      zombie.deliverAll();
      second.deliverAll();
      app.produce(1, 300, 310);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                second.deliverAll();
                return app.effects() == 310;
              });
      app.awaitDocuments();
    }
  }

  @Test
  void aLostSendInTheMiddleIsSentAgain() throws Exception {
    try (Application app = Application.of(broker, 1)) {
      Ingest ingest = app.start(failing(app.log, number -> number == 150));
      app.produce(1, 0, 400);
      app.awaitEffects(400);
      app.awaitDocuments();
      app.awaitCommitted(0, 400);
      app.awaitState(ingest, SourceStatus.State.RUNNING);
    }
  }

  @Test
  void manyLostSendsOnlyCostTime() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    try (Application app = Application.of(broker, 3)) {
      app.start(failing(app.log, number -> random.nextInt(200) == 0));
      app.produce(3, 0, 2_000);
      await()
          .alias("seed " + seed)
          .atMost(Duration.ofMinutes(2))
          .until(() -> app.effects() == 2_000);
      app.awaitDocuments();
    }
  }

  @Test
  void aRecordThatTheLogNeverTakesBecomesADeadLetter() throws Exception {
    try (Application app = Application.of(broker, 1)) {
      app.produce(1, 0, 20);
      long big = broker.send(app.topic, 0, "big", "{\"big\":1}");
      app.produce(1, 20, 40);
      LogAppender direct = app.log.direct();
      LogAppender narrow =
          new LogAppender() {
            @Override
            public CompletableFuture<Long> append(int shard, LogRecord record, long timestamp) {
              return ((LogRecord.Ingested) record).seq() == big
                  ? CompletableFuture.failedFuture(new RecordTooLargeException("too large"))
                  : direct.append(shard, record, timestamp);
            }

            @Override
            public void flush() {}
          };
      app.start(narrow);
      app.awaitEffects(40);
      app.awaitDocuments();
      await().until(() -> broker.read(app.topics.deadLetterTopic()).size() == 1);
      assertThat(broker.read(app.topics.deadLetterTopic()).get(0).value())
          .isEqualTo(Broker.utf8("{\"big\":1}"));
    }
  }

  @Test
  void kafkaGoesAwayAndComesBack(@TempDir Path own) throws Exception {
    try (Broker fragile = new Broker(own);
        Application app = Application.of(fragile, 2)) {
      app.produce(2, 0, 200);
      Ingest ingest = app.start(app.log.direct());
      app.awaitEffects(200);
      fragile.stop();
      assertThat(app.awaitState(ingest, SourceStatus.State.WAITING).reason()).contains("Kafka");
      fragile.restart();
      app.produce(2, 200, 400);
      app.awaitEffects(400);
      app.awaitDocuments();
      app.awaitState(ingest, SourceStatus.State.RUNNING);
    }
  }

  /** Loses the records whose number, counted over all sends, is chosen. */
  private static LogAppender failing(FakeLog log, IntPredicate lost) {
    LogAppender direct = log.direct();
    AtomicInteger count = new AtomicInteger();
    return new LogAppender() {
      @Override
      public CompletableFuture<Long> append(int shard, LogRecord record, long timestamp) {
        return lost.test(count.incrementAndGet())
            ? CompletableFuture.failedFuture(new TimeoutException("lost by the test"))
            : direct.append(shard, record, timestamp);
      }

      @Override
      public void flush() {}
    };
  }
}
