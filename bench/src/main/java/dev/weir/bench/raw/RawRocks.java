package dev.weir.bench.raw;

import dev.weir.bench.Documents;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.HyperClockCache;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteBufferManager;
import org.rocksdb.WriteOptions;

/**
 * As many RocksDB databases as there are shards, with the options of a shard and the bytes that a
 * shard stores, and nothing else. Reads are safe from many threads.
 */
public final class RawRocks implements AutoCloseable {
  private static final long MIB = 1024 * 1024;
  private static final int STORED_HEADER = 20;
  private static final byte DOCUMENT = 0x20;

  static {
    RocksDB.loadLibrary();
  }

  private final Cache cache;
  private final WriteBufferManager writeBuffers;
  private final BloomFilter bloomFilter = new BloomFilter(10, false);
  private final Options options;
  private final ReadOptions readOptions = new ReadOptions();
  private final WriteOptions writeOptions;
  private final List<RocksDB> databases = new ArrayList<>();

  /** Opens the databases in a directory. */
  public RawRocks(Path directory, int shards, long budgetBytes, boolean writeAheadLog)
      throws RocksDBException {
    cache = new HyperClockCache(budgetBytes, 0, -1, false);
    writeBuffers = new WriteBufferManager(budgetBytes / 3, cache);
    options = options(Math.max(2 * MIB, Math.min(32 * MIB, budgetBytes / 12)));
    writeOptions = new WriteOptions().setDisableWAL(!writeAheadLog);
    for (int shard = 0; shard < shards; shard++) {
      databases.add(RocksDB.open(options, directory.resolve("raw-" + shard).toString()));
    }
  }

  // The same as dev.weir.store.rocksdb.RocksResources.
  private Options options(long writeBufferBytes) {
    return new Options()
        .setCreateIfMissing(true)
        .setTableFormatConfig(
            new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setBlockSize(2 * 1024)
                .setBlockRestartInterval(4)
                .setFormatVersion(5)
                .setFilterPolicy(bloomFilter)
                .setWholeKeyFiltering(true)
                .setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash)
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinL0FilterAndIndexBlocksInCache(true))
        .setWriteBufferManager(writeBuffers)
        .setWriteBufferSize(writeBufferBytes)
        .setArenaBlockSize(writeBufferBytes / 32)
        .setAllowFAllocate(false)
        .setMaxWriteBufferNumber(3)
        .setMemtableWholeKeyFiltering(true)
        .setMemtablePrefixBloomSizeRatio(0.02)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setLevelCompactionDynamicLevelBytes(true)
        .setMaxBackgroundJobs(2)
        .setAvoidFlushDuringShutdown(true)
        .setMaxTotalWalSize(4 * writeBufferBytes)
        .setBytesPerSync(MIB)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL);
  }

  /** The key as a shard stores it. */
  public static byte[] key(long number) {
    return ByteBuffer.allocate(13)
        .put(DOCUMENT)
        .putInt(1)
        .putLong(Documents.key(number) ^ Long.MIN_VALUE)
        .array();
  }

  private static byte[] stored(long number) {
    byte[] json = Documents.json(number);
    return ByteBuffer.allocate(STORED_HEADER + json.length)
        .position(STORED_HEADER)
        .put(json)
        .array();
  }

  /** Puts documents {@code from} to {@code to - 1}, batch by batch with a position in each. */
  public void fill(long from, long to, int batchRecords) throws RocksDBException {
    for (int shard = 0; shard < databases.size(); shard++) {
      long first = from + Math.floorMod(shard - from, databases.size());
      for (long start = first; start < to; start += (long) batchRecords * databases.size()) {
        try (WriteBatch batch = new WriteBatch()) {
          for (int i = 0; i < batchRecords; i++) {
            long number = start + (long) i * databases.size();
            if (number < to) {
              batch.put(key(number), stored(number));
            }
          }
          batch.put(new byte[] {1, 'p'}, ByteBuffer.allocate(32).putLong(start).array());
          databases.get(shard).write(writeOptions, batch);
        }
      }
    }
  }

  /** The stored bytes of a document, or null. */
  public byte @Nullable [] get(int shard, byte[] key) throws RocksDBException {
    return databases.get(shard).get(readOptions, key);
  }

  /** The stored bytes of several documents of a shard. */
  public List<byte[]> multiGet(int shard, List<byte[]> keys) throws RocksDBException {
    return databases.get(shard).multiGetAsList(readOptions, keys);
  }

  @Override
  public void close() {
    databases.forEach(RocksDB::close);
    options.close();
    readOptions.close();
    writeOptions.close();
    bloomFilter.close();
    writeBuffers.close();
    cache.close();
  }
}
