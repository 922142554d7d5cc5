package dev.weir.store.node;

import dev.weir.store.Operation;
import dev.weir.store.write.LogFormat;
import dev.weir.store.write.LogRecord;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Sees every record on its way into the log and its acknowledgement before the emitter does, and
 * halts the process at a chosen one. Kafka makes it, for consumers too, which it leaves alone.
 */
public final class OutboxKiller
    implements ProducerInterceptor<byte[], byte[]>, ConsumerInterceptor<byte[], byte[]> {

  /** Where in the life of emitted documents the process ends. */
  enum Point {
    /** The fold has written the outbox, and one of its entries is about to be sent. */
    BEFORE_SEND,
    /** The entry is in the target's log, and the emitter does not know it yet. */
    BEFORE_ACKNOWLEDGEMENT,
    /** The emitter knows it, and is about to have the outbox trimmed. */
    BEFORE_TRIM,
    /** The trim is in the log. */
    BEFORE_TRIM_IS_FOLDED,
    /** The trim is folded. */
    AFTER_TRIM
  }

  /** How the process ends. */
  static final int EXIT_CODE = 99;

  /** The emitted document at which it ends, counted from 1. */
  static final int NTH = 3;

  private static volatile Point point = Point.AFTER_TRIM;
  private static final AtomicLong TRIM_OFFSET = new AtomicLong(-1);
  private static final AtomicInteger PUTS = new AtomicInteger();
  private static final AtomicLong FIRST_PUT = new AtomicLong(Long.MAX_VALUE);

  private final Map<TopicPartition, Queue<LogRecord>> unacknowledged = new ConcurrentHashMap<>();
  private volatile LogRecord nth = new LogRecord.Trim(0, 0);

  static void arm(Point chosen) {
    point = chosen;
  }

  /** Offset of the trim behind the first emitted document; -1 = it is not in the log yet. */
  static long trimOffset() {
    return TRIM_OFFSET.get();
  }

  static void halt() {
    Runtime.getRuntime().halt(EXIT_CODE);
  }

  @Override
  public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
    if (record.partition() != null
        && LogFormat.decode(record.key(), record.value()) instanceof LogFormat.Record known) {
      sending(known.record());
      unacknowledged
          .computeIfAbsent(
              new TopicPartition(record.topic(), record.partition()),
              partition -> new ConcurrentLinkedQueue<>())
          .add(known.record());
    }
    return record;
  }

  private void sending(LogRecord record) {
    if (record instanceof LogRecord.Emitted emitted
        && emitted.operation() instanceof Operation.Put) {
      FIRST_PUT.accumulateAndGet(emitted.number(), Math::min);
      if (PUTS.incrementAndGet() == NTH) {
        nth = record;
        haltAt(Point.BEFORE_SEND);
      }
    } else if (isTrim(record)) {
      haltAt(Point.BEFORE_TRIM);
    }
  }

  @Override
  public void onAcknowledgement(RecordMetadata metadata, Exception error) {
    Queue<LogRecord> queue =
        unacknowledged.get(new TopicPartition(metadata.topic(), metadata.partition()));
    LogRecord record = queue == null ? null : queue.poll();
    if (error != null || record == null) {
      return;
    }
    if (record.equals(nth)) {
      haltAt(Point.BEFORE_ACKNOWLEDGEMENT);
    } else if (isTrim(record)) {
      haltAt(Point.BEFORE_TRIM_IS_FOLDED);
      TRIM_OFFSET.compareAndSet(-1, metadata.offset());
    }
  }

  private static boolean isTrim(LogRecord record) {
    return record instanceof LogRecord.Trim trim
        && trim.toShard() == 1
        && trim.upTo() >= FIRST_PUT.get();
  }

  private static void haltAt(Point reached) {
    if (point == reached) {
      halt();
    }
  }

  @Override
  public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
    return records;
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

  @Override
  public void close() {}

  @Override
  public void configure(Map<String, ?> settings) {}
}
