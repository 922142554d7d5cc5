package dev.weir.graph.kafka;

import dev.weir.store.log.ClientProperties;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.IntToLongFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sequences of bytes in a topic, chunk by chunk, and reads them back at any node. Connects
 * when it is first used. Safe from any thread; methods wait for Kafka.
 */
public final class ChunkStore implements AutoCloseable {

  private static final int BUFFER_BYTES = 16 * 1024 * 1024;
  private static final int REQUEST_BYTES = 2 * 1024 * 1024;
  private static final Duration POLL = Duration.ofSeconds(5);
  private static final Duration CLOSE = Duration.ofSeconds(1);

  /** For so long, what was kept may be needed by somebody who is not known to need it. */
  public static final Duration GRACE = Duration.ofSeconds(30);

  private static final int ID_BYTES = 2 * Long.BYTES;

  private final Map<String, ?> client;
  private final String topic;
  private final RecordTrimmer trimmer;
  private final Duration grace;

  /** By partition, the offset behind what this process has kept. */
  private final Map<Integer, Long> ends = new TreeMap<>(); // under "this"

  /** Who is told of these may not have heard of them yet. */
  private final Deque<Recent> recent = new ArrayDeque<>(); // under "this"

  private int writing; // under "this"
  private @Nullable Producer<byte[], byte[]> producer; // under "this"
  private boolean closed; // under "this"

  /**
   * Something that was kept a moment ago.
   *
   * @param from offset of its first record
   * @param nanos when, by {@link System#nanoTime}
   */
  private record Recent(int partition, long from, long nanos) {}

  /** It could not be kept, or is not there any more. */
  public static final class ChunkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChunkException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** What is to be kept. */
  public interface Source {
    /** Hands over all chunks, each of at most 1 MiB. */
    void writeTo(java.util.function.Consumer<byte[]> chunks);
  }

  /**
   * A store.
   *
   * @param client settings of Kafka clients, at least where the brokers are
   * @param topic exists
   */
  public ChunkStore(Map<String, ?> client, String topic) {
    this(client, topic, GRACE);
  }

  ChunkStore(Map<String, ?> client, String topic, Duration grace) {
    this.grace = grace;
    this.client = client;
    this.topic = topic;
    this.trimmer = new RecordTrimmer(client, topic);
  }

  /**
   * Keeps something.
   *
   * @throws ChunkException if it is not sure to be there
   */
  public Stretch write(int partition, Source source) {
    Producer<byte[], byte[]> open = open();
    UUID id = UUID.randomUUID();
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try {
      source.writeTo(
          chunk -> sent.add(open.send(new ProducerRecord<>(topic, partition, key(id), chunk))));
      long from = sent.get(0).get().offset();
      long to = from;
      for (Future<RecordMetadata> each : sent) {
        to = each.get().offset();
      }
      return written(partition, new Stretch(id.toString(), from, to, sent.size()));
    } catch (ExecutionException | KafkaException | IllegalStateException e) {
      throw new ChunkException("Kafka does not keep a state: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChunkException("interrupted", e);
    } finally {
      synchronized (this) {
        writing--;
      }
    }
  }

  private synchronized Producer<byte[], byte[]> open() {
    if (closed) {
      throw new ChunkException("the node is closing", null);
    }
    Producer<byte[], byte[]> open = producer;
    if (open == null) {
      open = new KafkaProducer<>(producing());
      producer = open;
    }
    writing++;
    return open;
  }

  private synchronized Stretch written(int partition, Stretch stretch) {
    ends.merge(partition, stretch.to() + 1, Math::max);
    recent.add(new Recent(partition, stretch.from(), System.nanoTime()));
    return stretch;
  }

  private static byte[] key(UUID id) {
    return ByteBuffer.allocate(ID_BYTES)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  /**
   * Reads something back.
   *
   * @throws ChunkException if it is not there as a whole
   */
  public List<byte[]> read(int partition, Stretch stretch) {
    byte[] key = key(UUID.fromString(stretch.id()));
    TopicPartition where = new TopicPartition(topic, partition);
    List<byte[]> chunks = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(consuming())) {
      consumer.assign(List.of(where));
      consumer.seek(where, stretch.from());
      long deadline =
          System.nanoTime() + Duration.ofMillis(SendingProperties.MOST_MILLIS).toNanos();
      while (consumer.position(where) <= stretch.to()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (record.offset() <= stretch.to() && Arrays.equals(record.key(), key)) {
            chunks.add(record.value());
            deadline =
                System.nanoTime() + Duration.ofMillis(SendingProperties.MOST_MILLIS).toNanos();
          }
        }
        if (System.nanoTime() > deadline) {
          throw new ChunkException("a kept state cannot be read at present", null);
        }
      }
    } catch (KafkaException e) {
      throw new ChunkException("a kept state cannot be read: " + e.getMessage(), e);
    }
    if (chunks.size() != stretch.chunks()) {
      throw new ChunkException("a kept state is not there as a whole any more", null);
    }
    return chunks;
  }

  /**
   * Deletes what this process has kept and nobody needs, but for what is newer than {@link #GRACE};
   * nothing while something is being written.
   *
   * @param needed by partition, the least offset that somebody still needs
   */
  public void forget(IntToLongFunction needed) {
    Map<Integer, Long> known = new TreeMap<>();
    synchronized (this) {
      if (writing > 0) {
        return;
      }
      known.putAll(ends);
      long now = System.nanoTime();
      recent.removeIf(each -> now - each.nanos() > grace.toNanos());
      recent.forEach(each -> known.merge(each.partition(), each.from(), Math::min));
    }
    known.forEach(
        (partition, end) ->
            trimmer.deleteBefore(partition, Math.min(end, needed.applyAsLong(partition))));
  }

  private Map<String, Object> producing() {
    return SendingProperties.of(
        Map.of(
            ProducerConfig.CLIENT_ID_CONFIG,
            "weir-graph-checkpoints",
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            BUFFER_BYTES,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            REQUEST_BYTES),
        client);
  }

  private Map<String, Object> consuming() {
    return ClientProperties.reading(
        Map.of(ConsumerConfig.CLIENT_ID_CONFIG, "weir-graph-checkpoints"),
        client,
        // What is gone is gone; nothing else may pass for it.
        "none");
  }

  @Override
  public void close() {
    Producer<byte[], byte[]> open;
    synchronized (this) {
      closed = true;
      open = producer;
    }
    if (open != null) {
      open.close(CLOSE);
    }
    trimmer.close();
  }
}
