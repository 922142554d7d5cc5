package dev.weir.store.write;

import dev.weir.store.Key;
import java.nio.ByteBuffer;

/**
 * What the shard of a row keeps of it: all that it has sent to the shard of the document, so that
 * it can send it again.
 *
 * @param derivedKey key of the document
 * @param timestamp of the row, milliseconds since the epoch, not negative
 * @param value stored form of the document
 */
record TrackedRow(Key derivedKey, long timestamp, byte[] value) {

  byte[] encode() {
    byte[] key = derivedKey.bytes();
    return ByteBuffer.allocate(12 + key.length + value.length)
        .putInt(key.length)
        .put(key)
        .putLong(timestamp)
        .put(value)
        .array();
  }

  static TrackedRow decode(byte[] stored) {
    ByteBuffer in = ByteBuffer.wrap(stored);
    byte[] key = new byte[in.getInt()];
    in.get(key);
    long timestamp = in.getLong();
    byte[] value = new byte[in.remaining()];
    in.get(value);
    return new TrackedRow(Key.ofEncoded(key), timestamp, value);
  }

  /** The derived key alone. */
  static Key key(byte[] stored) {
    ByteBuffer in = ByteBuffer.wrap(stored);
    byte[] key = new byte[in.getInt()];
    in.get(key);
    return Key.ofEncoded(key);
  }
}
