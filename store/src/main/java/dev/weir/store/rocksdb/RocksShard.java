package dev.weir.store.rocksdb;

import dev.weir.store.Position;
import dev.weir.store.read.ShardView;
import dev.weir.store.write.StateKeys;
import dev.weir.store.write.StateValues;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.rocksdb.util.StdErrLogger;

/**
 * The one database of a shard. Reads are safe from many threads; writes come from the folding
 * thread. Nobody may call it after {@link #close}.
 *
 * <p>Writes go through the write-ahead log without a sync: what was written survives the death of
 * the process, and the log in Kafka survives the death of the machine.
 */
public final class RocksShard implements AutoCloseable {
  private final RocksResources resources;
  private final Options options;
  private final RocksDB db;
  private final WriteOptions writeOptions = new WriteOptions();
  private final ReadOptions readOptions = new ReadOptions();

  private RocksShard(RocksResources resources, Options options, RocksDB db) {
    this.resources = resources;
    this.options = options;
    this.db = db;
  }

  /** Opens or creates the database in a directory whose parent exists. */
  public static RocksShard open(Path directory, RocksResources resources) {
    Options options = resources.options();
    try {
      return new RocksShard(resources, options, RocksDB.open(options, directory.toString()));
    } catch (RocksDBException e) {
      resources.giveBack(options);
      throw failed("open " + directory, e);
    }
  }

  /**
   * The position in a database that nobody has open, without touching it; empty if there is none.
   */
  public static Optional<Position> peekPosition(Path directory) {
    return Optional.ofNullable(peek(directory, List.of(StateKeys.position())).get(0))
        .map(StateValues::position);
  }

  /**
   * Values in a database that nobody writes, in the order of the keys, null where there is none;
   * without touching it. Reads every file's footer and index, so that files that do not go together
   * are noticed.
   */
  public static List<byte @Nullable []> peek(Path directory, List<byte[]> keys) {
    RocksDB.loadLibrary();
    // Without a logger of its own RocksDB would leave a log file beside those it only reads.
    try (StdErrLogger logger = new StdErrLogger(InfoLogLevel.FATAL_LEVEL);
        Options options = new Options().setLogger(logger);
        RocksDB db = RocksDB.openReadOnly(options, directory.toString())) {
      return db.multiGetAsList(keys);
    } catch (RocksDBException e) {
      throw failed("read " + directory, e);
    }
  }

  /**
   * Makes a copy of the database as it is now, of hard links where the disk allows it. Safe from
   * any thread while the database is open.
   *
   * @param target must not exist, but its parent must
   */
  public void checkpoint(Path target) {
    try (Checkpoint checkpoint = Checkpoint.create(db)) {
      checkpoint.createCheckpoint(target.toString());
    } catch (RocksDBException e) {
      throw failed("make the checkpoint " + target, e);
    }
  }

  /** The value of a key, or null. */
  public byte @Nullable [] get(byte[] key) {
    try {
      return db.get(readOptions, key);
    } catch (RocksDBException e) {
      throw failed("read", e);
    }
  }

  /** The values of several keys in their order, null where there is none. */
  public List<byte @Nullable []> multiGet(List<byte[]> keys) {
    try {
      return db.multiGetAsList(readOptions, keys);
    } catch (RocksDBException e) {
      throw failed("read", e);
    }
  }

  /** A walk over {@code [from, to)} as the database is now. */
  public RocksWalk walk(byte[] from, byte[] to, boolean descending) {
    return walk(from, to, descending, false);
  }

  /** A walk over {@code [from, to)} as the database is now, whose blocks stay in the cache. */
  public RocksWalk visit(byte[] from, byte[] to) {
    return walk(from, to, false, true);
  }

  private RocksWalk walk(byte[] from, byte[] to, boolean descending, boolean keep) {
    Snapshot snapshot = db.getSnapshot();
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
          db.releaseSnapshot(snapshot);
        });
  }

  /** The database as it is now. */
  public ShardView.Still still() {
    return new RocksStill(db);
  }

  /** Writes changes in one batch, all or nothing; a null value removes its key. */
  public void write(Iterable<Map.Entry<byte[], byte @Nullable []>> changes) {
    try (WriteBatch batch = new WriteBatch()) {
      for (Map.Entry<byte[], byte @Nullable []> change : changes) {
        byte[] value = change.getValue();
        if (value == null) {
          batch.delete(change.getKey());
        } else {
          batch.put(change.getKey(), value);
        }
      }
      db.write(writeOptions, batch);
    } catch (RocksDBException e) {
      throw failed("write", e);
    }
  }

  /** Estimated bytes on disk and in memtables. */
  public long sizeBytes() {
    try {
      return db.getLongProperty("rocksdb.total-sst-files-size")
          + db.getLongProperty("rocksdb.cur-size-all-mem-tables");
    } catch (RocksDBException e) {
      throw failed("measure", e);
    }
  }

  @Override
  public void close() {
    db.close();
    readOptions.close();
    writeOptions.close();
    resources.giveBack(options);
  }

  private static IllegalStateException failed(String what, RocksDBException e) {
    return new IllegalStateException("RocksDB failed to " + what + ": " + e.getMessage(), e);
  }
}
