package dev.weir.store.write;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ordered map that the fold works on, as it stands with everything the fold has put so far.
 * Used by one thread at a time; arrays are shared and must not be changed.
 */
public interface StateMap {

  /** The value of a key, or null. */
  byte @Nullable [] get(byte[] key);

  /** Sets the value of a key. */
  void put(byte[] key, byte[] value);

  /** Removes a key, there or not. */
  void delete(byte[] key);

  /** The first {@code limit} keys that start with {@code prefix}, in unsigned byte order. */
  default List<byte[]> keys(byte[] prefix, int limit) {
    return keys(prefix, prefix, limit);
  }

  /**
   * The first {@code limit} keys from {@code from} on that start with {@code prefix}, in unsigned
   * byte order.
   *
   * @param from not below the prefix
   */
  List<byte[]> keys(byte[] prefix, byte[] from, int limit);
}
