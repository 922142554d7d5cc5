package dev.weir.store.rocksdb;

import dev.weir.store.Position;
import dev.weir.store.read.ShardView;
import dev.weir.store.write.StateKeys;
import dev.weir.store.write.StateValues;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/** A snapshot of a shard's database, for walks that belong together. */
final class RocksStill implements ShardView.Still {
  private final RocksDB db;
  private final Snapshot snapshot;
  private final Position position;
  private boolean closed;

  RocksStill(RocksDB db) {
    this.db = db;
    this.snapshot = db.getSnapshot();
    try (ReadOptions options = new ReadOptions().setSnapshot(snapshot)) {
      byte[] stored = db.get(options, StateKeys.position());
      if (stored == null) {
        throw new IllegalStateException("the state has no position");
      }
      this.position = StateValues.position(stored);
    } catch (RocksDBException e) {
      db.releaseSnapshot(snapshot);
      throw new IllegalStateException("RocksDB failed to read: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      db.releaseSnapshot(snapshot);
      throw e;
    }
  }

  @Override
  public Position position() {
    return position;
  }

  @Override
  public ShardView.Walk walk(byte[] from, byte[] to) {
    return walk(from, to, false, false);
  }

  @Override
  public ShardView.Walk visit(byte[] from, byte[] to, boolean descending) {
    return walk(from, to, descending, true);
  }

  @Override
  public List<byte @Nullable []> multiGet(List<byte[]> stateKeys) {
    try (ReadOptions options = new ReadOptions().setSnapshot(snapshot)) {
      return db.multiGetAsList(options, stateKeys);
    } catch (RocksDBException e) {
      throw new IllegalStateException("RocksDB failed to read: " + e.getMessage(), e);
    }
  }

  private ShardView.Walk walk(byte[] from, byte[] to, boolean descending, boolean keep) {
    Slice lower = new Slice(from);
    Slice upper = new Slice(to);
    ReadOptions bounded =
        new ReadOptions()
            .setSnapshot(snapshot)
            .setIterateLowerBound(lower)
            .setIterateUpperBound(upper)
            .setFillCache(keep);
    return new RocksWalk(
        db.newIterator(bounded),
        descending,
        () -> {
          bounded.close();
          upper.close();
          lower.close();
        });
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      db.releaseSnapshot(snapshot);
    }
  }
}
