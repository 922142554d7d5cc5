package dev.weir.store.write;

import dev.weir.store.Key;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A change as the state keeps it.
 *
 * @param key of the document
 * @param timestamp of the event, milliseconds since the epoch
 * @param value the document's value from then on; null = it was removed
 */
public record ChangeEntry(Key key, long timestamp, byte @Nullable [] value) {
  private static final int HEADER = 13;
  private static final byte REMOVED = 0;
  private static final byte STORED = 1;

  /** As the state holds it. */
  byte[] encode() {
    byte[] bytes = key.bytes();
    int size = HEADER + bytes.length + (value == null ? 0 : value.length);
    ByteBuffer out = ByteBuffer.allocate(size);
    out.putLong(timestamp).put(value == null ? REMOVED : STORED).putInt(bytes.length).put(bytes);
    if (value != null) {
      out.put(value);
    }
    return out.array();
  }

  /** Reads {@link #encode}. */
  public static ChangeEntry decode(byte[] stored) {
    ByteBuffer in = ByteBuffer.wrap(stored);
    long timestamp = in.getLong();
    boolean removed = in.get() == REMOVED;
    byte[] key = new byte[in.getInt()];
    in.get(key);
    byte[] value = removed ? null : Arrays.copyOfRange(stored, in.position(), stored.length);
    return new ChangeEntry(Key.ofEncoded(key), timestamp, value);
  }
}
