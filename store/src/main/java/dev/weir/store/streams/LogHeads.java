package dev.weir.store.streams;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.jspecify.annotations.Nullable;

/**
 * Learns from Kafka Streams' timestamp extraction what a processor is not told: the leader epoch of
 * a record, and whether another one is queued behind it. Streams extracts the timestamp of a
 * record's successor, if there is one, before it processes the record (a test pins this).
 */
final class LogHeads implements TimestampExtractor {
  private static final Last NONE = new Last(-1, -1, -1, -1);

  private final AtomicReferenceArray<@Nullable Last> last;

  private record Last(long offset, int epoch, long previousOffset, int previousEpoch) {}

  /**
   * What is known of a record about to be processed.
   *
   * @param leaderEpoch its leader epoch; -1 = unknown
   * @param moreQueued whether its successor has been fetched already
   */
  record Head(int leaderEpoch, boolean moreQueued) {}

  LogHeads(int shards) {
    last = new AtomicReferenceArray<>(shards);
  }

  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    Last before = before(record.partition());
    last.setPlain(
        record.partition(),
        new Last(record.offset(), record.leaderEpoch().orElse(-1), before.offset, before.epoch));
    return Math.max(0, record.timestamp());
  }

  Head of(int shard, long offset) {
    Last now = before(shard);
    if (now.offset == offset) {
      return new Head(now.epoch, false);
    }
    return new Head(now.previousOffset == offset ? now.previousEpoch : -1, now.offset > offset);
  }

  private Last before(int shard) {
    Last known = last.getPlain(shard);
    return known == null ? NONE : known;
  }
}
