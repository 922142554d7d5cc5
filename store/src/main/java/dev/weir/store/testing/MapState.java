package dev.weir.store.testing;

import dev.weir.store.Catalogue;
import dev.weir.store.Position;
import dev.weir.store.read.ShardView;
import dev.weir.store.write.StateMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A shard's state in a sorted map. Not thread-safe. */
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

  /**
   * The value of a key that is there.
   *
   * @throws IllegalStateException if it is not
   */
  public byte[] value(byte[] key) {
    byte[] value = entries.get(key);
    if (value == null) {
      throw new IllegalStateException("not in the state");
    }
    return value;
  }

  /** All entries in key order. */
  public SortedMap<byte[], byte[]> entries() {
    return entries;
  }

  /**
   * The state as readers see it, always the present one.
   *
   * @param catalogue the definitions that are folded
   * @param position up to where it is folded
   */
  public ShardView view(Supplier<Catalogue> catalogue, Supplier<Position> position) {
    return new MapView(entries, catalogue, position);
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }
}
