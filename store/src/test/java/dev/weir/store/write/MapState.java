package dev.weir.store.write;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A shard's state in a sorted map. */
public final class MapState implements StateMap {
  private final TreeMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);

  @Override
  public byte @Nullable [] get(byte[] key) {
    return entries.get(key);
  }

  @Override
  public void put(byte[] key, byte[] value) {
    entries.put(key, value);
  }

  @Override
  public void delete(byte[] key) {
    entries.remove(key);
  }

  @Override
  public List<byte[]> keys(byte[] prefix, byte[] from, int limit) {
    List<byte[]> found = new ArrayList<>();
    for (byte[] key : entries.tailMap(from).keySet()) {
      if (found.size() == limit || !startsWith(key, prefix)) {
        break;
      }
      found.add(key);
    }
    return found;
  }

  /** All entries in key order. */
  public SortedMap<byte[], byte[]> entries() {
    return entries;
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }
}
