package dev.weir.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.store.Key;
import dev.weir.store.Operation;
import dev.weir.store.write.LogFormat;
import dev.weir.store.write.LogRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogProducerTest {

  private static final LogProducerTuning COMMANDS = LogProducerTuning.commands("test");

  @TempDir static Path directory;
  private static TestKafka kafka;

  @BeforeAll
  static void start() {
    kafka = new TestKafka(directory);
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void appendsInOrderToTheShardAskedFor() throws Exception {
    TopicPlan plan = new TopicPlan("order", 3, 4);
    kafka.create(plan);
    List<CompletableFuture<Long>> offsets = new ArrayList<>();
    try (LogProducer log =
        new LogProducer(kafka.client(), plan, LogProducerTuning.ingest("ingest"))) {
      for (int i = 0; i < 500; i++) {
        offsets.add(log.append(2, put(i, 100), i - 1));
      }
      log.flush();
      for (int i = 0; i < 500; i++) {
        assertThat(get(offsets.get(i))).isEqualTo(i);
      }
    }
    List<ConsumerRecord<byte[], byte[]>> read = kafka.read("order.log.g3", 2);
    assertThat(read).hasSize(500);
    for (int i = 0; i < 500; i++) {
      ConsumerRecord<byte[], byte[]> record = read.get(i);
      assertThat(record.timestamp()).isEqualTo(Math.max(0, i - 1));
      assertThat(record.key()).isEqualTo(LogFormat.key(put(i, 100)));
      assertThat(record.value()).isEqualTo(LogFormat.value(put(i, 100), 3));
    }
  }

  @Test
  void flushDoesNotWaitForTheLinger() throws Exception {
    TopicPlan plan = new TopicPlan("flush", 0, 1);
    kafka.create(plan);
    LogProducerTuning patient =
        new LogProducerTuning(
            "p",
            Duration.ofMinutes(5),
            "lz4",
            1 << 20,
            Duration.ofMinutes(10),
            Duration.ofMinutes(1));
    try (LogProducer log = new LogProducer(kafka.client(), plan, patient)) {
      CompletableFuture<Long> first = log.append(0, put(1, 10), 0);
      log.flush();
      assertThat(get(first)).isEqualTo(0);
      CompletableFuture<Long> second = log.append(0, put(2, 10), 0);
      log.flush();
      assertThat(get(second)).isEqualTo(1);
    }
  }

  @Test
  void takesADocumentOfOneMebibyteAndRefusesWhatTheTopicWouldNot() throws Exception {
    TopicPlan plan = new TopicPlan("large", 0, 1);
    kafka.create(plan);
    try (LogProducer log = new LogProducer(kafka.client(), plan, COMMANDS)) {
      assertThat(get(log.append(0, put(1, 1 << 20), 0))).isEqualTo(0);
      assertThatThrownBy(() -> get(log.append(0, put(2, TopicPlan.MAX_MESSAGE_BYTES), 0)))
          .hasRootCauseInstanceOf(RecordTooLargeException.class);
      assertThat(get(log.append(0, put(3, 10), 0))).isEqualTo(1);
    }
  }

  @Test
  void goesOnWithANewProducerWhenTheOldOneIsDead() throws Exception {
    TopicPlan plan = new TopicPlan("revived", 0, 1);
    kafka.create(plan);
    List<Producer<byte[], byte[]>> made = new ArrayList<>();
    try (LogProducer log =
        new LogProducer(
            plan,
            COMMANDS,
            () -> {
              made.add(
                  new KafkaProducer<>(
                      kafka.client(), new ByteArraySerializer(), new ByteArraySerializer()));
              return made.get(made.size() - 1);
            })) {
      assertThat(get(log.append(0, put(1, 10), 0))).isEqualTo(0);
      made.get(0).close();
      assertThat(get(log.append(0, put(2, 10), 0))).isEqualTo(1);
      assertThat(made).hasSize(2);
    }
    assertThat(kafka.read(plan.logTopic(), 0)).hasSize(2);
  }

  @Test
  void replacesAProducerThatReportsAFatalErrorButNotForASingleRecord() throws Exception {
    List<MockProducer<byte[], byte[]>> made = new ArrayList<>();
    try (LogProducer log =
        new LogProducer(
            new TopicPlan("mock", 0, 1),
            COMMANDS,
            () -> {
              made.add(
                  new MockProducer<>(
                      false, null, new ByteArraySerializer(), new ByteArraySerializer()));
              return made.get(made.size() - 1);
            })) {
      CompletableFuture<Long> tooLarge = log.append(0, put(1, 10), 0);
      made.get(0).errorNext(new RecordTooLargeException("large"));
      assertThat(tooLarge).isCompletedExceptionally();
      CompletableFuture<Long> refused = log.append(0, put(2, 10), 0);
      assertThat(made).hasSize(1);
      made.get(0).errorNext(new ClusterAuthorizationException("no"));
      assertThat(refused).isCompletedExceptionally();
      assertThat(made.get(0).closed()).isTrue();

      CompletableFuture<Long> next = log.append(0, put(3, 10), 0);
      assertThat(made).hasSize(2);
      made.get(1).completeNext();
      assertThat(get(next)).isEqualTo(0);
    }
  }

  @Test
  void failsAnAppendThatIsNotAcknowledgedInTime() throws Exception {
    LogProducerTuning hasty =
        new LogProducerTuning(
            "hasty", Duration.ZERO, "none", 1024, Duration.ofMillis(300), Duration.ofMillis(300));
    try (LogProducer log =
        new LogProducer(
            Map.of("bootstrap.servers", "127.0.0.1:1"), new TopicPlan("a", 0, 1), hasty)) {
      assertThatThrownBy(() -> get(log.append(0, put(1, 10), 0)))
          .as("the partitions of the log are unknown, so that it was not sent")
          .hasCauseInstanceOf(NotAppendedException.class);
    }
  }

  @Test
  void failsAppendsAfterItsEnd() {
    LogProducer log = new LogProducer(kafka.client(), new TopicPlan("a", 0, 1), COMMANDS);
    log.close();
    log.flush();
    assertThatThrownBy(() -> get(log.append(0, put(1, 10), 0)))
        .hasRootCauseMessage("the log's producer is closed: this node is stopping");
  }

  private static LogRecord put(int number, int bytes) {
    return new LogRecord.Command(
        new LogRecord.CommandId(7, number),
        new Operation.Put(1, Key.ofEncoded(new byte[] {(byte) number}), new byte[bytes]));
  }

  private static long get(CompletableFuture<Long> appended) throws Exception {
    return appended.get(30, TimeUnit.SECONDS);
  }
}
