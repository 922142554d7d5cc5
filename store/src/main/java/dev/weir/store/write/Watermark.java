package dev.weir.store.write;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How far a shard has got with one partition of a source.
 *
 * <p>Only the highest revision of the mapping that a shard has met counts. A newer one starts
 * again, because it may send a record to another shard than the older one did, and ingest may read
 * the topic again for it. What still comes by an older one, from a session that goes on without
 * knowing better, is ignored: the newer one brings the same records itself.
 *
 * @param revision highest revision met; -1 = none
 * @param seq highest source offset applied of this revision; -1 = none
 */
public record Watermark(int revision, long seq) {

  private static final Watermark NONE = new Watermark(-1, -1);

  /** Reads {@link #bytes}; null means that the shard has not met the partition. */
  public static Watermark read(byte @Nullable [] stored) {
    if (stored == null) {
      return NONE;
    }
    ByteBuffer in = ByteBuffer.wrap(stored);
    return new Watermark(in.getInt(), in.getLong());
  }

  /** The watermark once a record is applied. */
  static Watermark after(LogRecord.Ingested record) {
    return new Watermark(record.origin().revision(), record.seq());
  }

  /** Whether a record is the next one, or one that begins a session. */
  boolean admits(LogRecord.Ingested record) {
    int asked = record.origin().revision();
    if (asked < revision) {
      return false;
    }
    long reached = asked == revision ? seq : -1;
    boolean chained = record.prev() == LogRecord.FIRST || record.prev() <= reached;
    return record.seq() > reached && chained;
  }

  byte[] bytes() {
    return ByteBuffer.allocate(12).putInt(revision).putLong(seq).array();
  }
}
