package dev.weir.store.rocksdb;

import dev.weir.store.KeyRange;
import dev.weir.store.Position;
import dev.weir.store.read.ShardView;
import dev.weir.store.write.StateKeys;
import dev.weir.store.write.StateMap;
import dev.weir.store.write.StateValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The state as the fold sees it: RocksDB under what was folded since the last {@link #commit},
 * which writes all of it together with the position in one batch. Confined to the folding thread.
 */
public final class BatchedState implements StateMap {
  private static final byte[] AFTER_ALL = {(byte) 0xff};

  private final RocksShard shard;
  private final TreeMap<byte[], byte @Nullable []> changes = new TreeMap<>(Arrays::compareUnsigned);
  private long bytes;

  /** Works on top of {@code shard}. */
  public BatchedState(RocksShard shard) {
    this.shard = shard;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    byte[] changed = changes.get(key);
    return changed != null || changes.containsKey(key) ? changed : shard.get(key);
  }

  @Override
  public void put(byte[] key, byte[] value) {
    changes.put(key, value);
    bytes += key.length + value.length;
  }

  @Override
  public void delete(byte[] key) {
    changes.put(key, null);
    bytes += key.length;
  }

  @Override
  public List<byte[]> keys(byte[] prefix, byte[] from, int limit) {
    byte[] end = Objects.requireNonNullElse(KeyRange.successor(prefix), AFTER_ALL);
    List<byte[]> keys = new ArrayList<>();
    var changed = changes.subMap(from, end).entrySet().iterator();
    Map.@Nullable Entry<byte[], byte @Nullable []> change =
        changed.hasNext() ? changed.next() : null;
    try (ShardView.Walk walk = shard.walk(from, end, false)) {
      while (keys.size() < limit && (walk.valid() || change != null)) {
        byte[] stored = walk.valid() ? walk.key() : null;
        int order =
            stored == null
                ? 1
                : change == null ? -1 : Arrays.compareUnsigned(stored, change.getKey());
        if (order < 0) {
          keys.add(Objects.requireNonNull(stored));
        } else if (change != null) {
          if (change.getValue() != null) {
            keys.add(change.getKey());
          }
          change = changed.hasNext() ? changed.next() : null;
        }
        if (stored != null && order <= 0) {
          walk.next();
        }
      }
    }
    return keys;
  }

  /** The keys of what has gathered. */
  public Set<byte[]> pendingKeys() {
    return Collections.unmodifiableSet(changes.keySet());
  }

  /** Bytes gathered since the last commit. */
  public long pendingBytes() {
    return bytes;
  }

  /** Writes what has gathered, and the position it stands for, atomically. */
  public void commit(Position position) {
    changes.put(StateKeys.position(), StateValues.position(position));
    shard.write(changes.entrySet());
    changes.clear();
    bytes = 0;
  }
}
