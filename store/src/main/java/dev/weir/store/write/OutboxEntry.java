package dev.weir.store.write;

import dev.weir.store.Operation;
import java.nio.ByteBuffer;

/**
 * An entry of the outbox as the emitter sends it.
 *
 * @param operation what the target is asked to do
 * @param timestamp of the event behind it, milliseconds since the epoch
 */
public record OutboxEntry(Operation operation, long timestamp) {

  static byte[] encode(Operation operation, long timestamp) {
    byte[] key = LogFormat.key(new LogRecord.Emitted(0, 1, operation));
    byte[] value = LogFormat.value(new LogRecord.Emitted(0, 1, operation), 0);
    return ByteBuffer.allocate(12 + key.length + value.length)
        .putLong(timestamp)
        .putInt(key.length)
        .put(key)
        .put(value)
        .array();
  }

  /** Reads what the fold has stored. */
  public static OutboxEntry decode(byte[] stored) {
    ByteBuffer in = ByteBuffer.wrap(stored);
    long timestamp = in.getLong();
    byte[] key = new byte[in.getInt()];
    in.get(key);
    byte[] value = new byte[in.remaining()];
    in.get(value);
    if (LogFormat.decode(key, value) instanceof LogFormat.Record known
        && known.record() instanceof LogRecord.Emitted emitted) {
      return new OutboxEntry(emitted.operation(), timestamp);
    }
    throw new IllegalStateException("the outbox holds an entry that this release cannot read");
  }
}
