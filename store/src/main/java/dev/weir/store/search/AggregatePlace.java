package dev.weir.store.search;

import dev.weir.store.IndexDefinition;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How far documents have been added up: the way they come along, and the last of them.
 *
 * @param index id of the index; 0 = along the keys, -1 = it has not begun
 * @param last key of the last document, or state key of its entry
 */
record AggregatePlace(int index, byte[] last) {
  private static final int HEAD = 4;

  /** Reads {@link #bytes}; null, or what is none, = at the beginning. */
  static AggregatePlace of(byte @Nullable [] bytes) {
    return bytes == null || bytes.length < HEAD
        ? new AggregatePlace(-1, new byte[0])
        : new AggregatePlace(
            ByteBuffer.wrap(bytes).getInt(), Arrays.copyOfRange(bytes, HEAD, bytes.length));
  }

  static AggregatePlace along(Way way, byte[] key, byte[] entry) {
    return way instanceof Way.ByIndex byIndex
        ? new AggregatePlace(byIndex.chosen().definition().id(), entry)
        : new AggregatePlace(0, key);
  }

  byte[] bytes() {
    return ByteBuffer.allocate(HEAD + last.length).putInt(index).put(last).array();
  }

  boolean hasBegun() {
    return index >= 0;
  }

  /** Whether it may go on along an index. */
  boolean mayUse(IndexDefinition definition) {
    return index < 0 || index == definition.id();
  }

  /** Whether a way is the one it has begun. */
  boolean isOf(Way way) {
    return index < 0
        || index == (way instanceof Way.ByIndex along ? along.chosen().definition().id() : 0);
  }
}
