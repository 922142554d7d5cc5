package dev.weir.graph.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept is read back as a whole or not at all, and goes when nobody needs it. */
final class ChunkStoreTest {

  private static final int SHARDS = 2;

  @TempDir private static Path directory;

  private static TestWire kafka;
  private static String topic;

  @BeforeAll
  static void start() {
    kafka = new TestWire(directory.resolve("kafka"));
    topic = kafka.topic("kept", SHARDS).replace(".graph.", ".checkpoints.");
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  private static List<byte[]> chunks(int seed) {
    Random random = new Random(seed);
    List<byte[]> chunks = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      byte[] chunk = new byte[1 + random.nextInt(400_000)];
      random.nextBytes(chunk);
      chunks.add(chunk);
    }
    return chunks;
  }

  private static long beginning(int partition) throws Exception {
    TopicPartition where = new TopicPartition(topic, partition);
    return kafka
        .admin()
        .listOffsets(Map.of(where, OffsetSpec.earliest()))
        .partitionResult(where)
        .get()
        .offset();
  }

  @Test
  void severalAreKeptAtOnceAndGoWhenNobodyNeedsThem() throws Exception {
    try (ChunkStore one = new ChunkStore(kafka.client(), topic, Duration.ZERO);
        ChunkStore other = new ChunkStore(kafka.client(), topic, Duration.ZERO)) {
      var first = CompletableFuture.supplyAsync(() -> one.write(0, chunks(1)::forEach));
      var second = CompletableFuture.supplyAsync(() -> other.write(0, chunks(2)::forEach));
      Stretch firstAt = first.get();
      Stretch secondAt = second.get();
      assertThat(other.read(0, firstAt)).containsExactlyElementsOf(chunks(1));
      assertThat(one.read(0, secondAt)).containsExactlyElementsOf(chunks(2));

      one.forget(partition -> firstAt.from());
      Stretch third = one.write(0, chunks(3)::forEach);
      one.forget(partition -> third.from());
      await().until(() -> beginning(0) == third.from());
      assertThat(other.read(0, third)).containsExactlyElementsOf(chunks(3));
      assertThatThrownBy(() -> other.read(0, firstAt))
          .isInstanceOf(ChunkStore.ChunkException.class);
    }
  }

  @Test
  void whatWasKeptAMomentAgoStays() throws Exception {
    try (ChunkStore store = new ChunkStore(kafka.client(), topic)) {
      Stretch at = store.write(1, chunks(4)::forEach);
      store.forget(partition -> Long.MAX_VALUE);
      assertThat(store.read(1, at)).containsExactlyElementsOf(chunks(4));
      assertThat(beginning(1)).isEqualTo(at.from());
    }
  }

  @Test
  void framesGoOnceTheyHaveBeenRead() throws Exception {
    try (ChunkStore store = new ChunkStore(kafka.client(), topic);
        RecordTrimmer trimmer = new RecordTrimmer(kafka.client(), topic)) {
      Stretch at = store.write(1, chunks(5)::forEach);
      ReadFrames read = new ReadFrames(trimmer, Duration.ZERO);
      long last = at.from() + 3;
      read.read(new ConsumerRecord<>(topic, 1, last, new byte[0], new byte[1]));
      read.ended(List.of(0, 1));
      await().until(() -> beginning(1) == last + 1);
    }
  }
}
