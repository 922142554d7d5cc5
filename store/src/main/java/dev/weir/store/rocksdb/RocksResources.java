package dev.weir.store.rocksdb;

import java.util.concurrent.atomic.AtomicInteger;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.HyperClockCache;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.RateLimiter;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * What all shards of a node share: one block cache that also holds indexes, filters and memtables,
 * so that the node's memory budget holds however many shards it has, and one rate limit for
 * background writes. Close it after the last shard.
 */
public final class RocksResources implements AutoCloseable {
  private static final long MIB = 1024 * 1024;
  private static final long BACKGROUND_BYTES_PER_SECOND = 200 * MIB;

  /** Up to so many shards have memtables of the largest size. */
  private static final int FEW_SHARDS = 4;

  private static final int BLOOM_BITS = 10;

  /** Small blocks with short runs between restarts: a get looks at fewer entries on its way. */
  private static final int BLOCK_BYTES = 2 * 1024;

  private static final int RESTART_INTERVAL = 4;

  /** Chosen by RocksDB as the cache grows, for entries of any size. */
  private static final int ANY_ENTRY_SIZE = 0;

  private static final int DEFAULT_SHARD_BITS = -1;

  /** Of a memtable's size; with it a lookup of a missing key takes half the CPU time. */
  private static final double MEMTABLE_BLOOM = 0.02;

  static {
    RocksDB.loadLibrary();
  }

  private final Cache cache;
  private final WriteBufferManager writeBuffers;
  private final RateLimiter rateLimiter;
  private final BloomFilter bloomFilter;
  private final long memtableBytes;
  private final AtomicInteger opened = new AtomicInteger();

  /**
   * Reserves a budget.
   *
   * @param budgetBytes for blocks, indexes, filters and memtables of all shards together, at least
   *     16 MiB
   */
  public RocksResources(long budgetBytes) {
    if (budgetBytes < 16 * MIB) {
      throw new IllegalArgumentException(
          "the memory budget is " + budgetBytes + " bytes: give it at least 16 MiB");
    }
    // Readers of an LRU cache take turns at its locks; those of this one do not wait for each
    // other.
    this.cache = new HyperClockCache(budgetBytes, ANY_ENTRY_SIZE, DEFAULT_SHARD_BITS, false);
    this.memtableBytes = budgetBytes / 3;
    this.writeBuffers = new WriteBufferManager(memtableBytes, cache);
    this.rateLimiter = new RateLimiter(BACKGROUND_BYTES_PER_SECOND);
    this.bloomFilter = new BloomFilter(BLOOM_BITS, false);
  }

  /**
   * Options for one more shard, to be {@linkplain #giveBack given back} after its database is
   * closed. The more shards there are, the smaller the memtables of the next: what each sets aside
   * at once must fit the budget.
   */
  Options options() {
    int sharers = Math.max(FEW_SHARDS, opened.incrementAndGet());
    long writeBufferBytes = Math.max(MIB, Math.min(32 * MIB, memtableBytes / sharers));
    BlockBasedTableConfig table =
        new BlockBasedTableConfig()
            .setBlockCache(cache)
            .setBlockSize(BLOCK_BYTES)
            .setBlockRestartInterval(RESTART_INTERVAL)
            .setFormatVersion(5)
            .setFilterPolicy(bloomFilter)
            .setWholeKeyFiltering(true)
            .setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash)
            .setCacheIndexAndFilterBlocks(true)
            .setCacheIndexAndFilterBlocksWithHighPriority(true)
            .setPinL0FilterAndIndexBlocksInCache(true);
    return new Options()
        .setCreateIfMissing(true)
        .setTableFormatConfig(table)
        .setWriteBufferManager(writeBuffers)
        .setWriteBufferSize(writeBufferBytes)
        .setArenaBlockSize(Math.max(64 * 1024, writeBufferBytes / 32))
        // A write-ahead log of full size, set aside on disk for every shard, is mostly never used.
        .setAllowFAllocate(false)
        .setMaxWriteBufferNumber(3)
        // Most keys that are looked up are not in the memtables: the fold asks for every new one.
        .setMemtableWholeKeyFiltering(true)
        .setMemtablePrefixBloomSizeRatio(MEMTABLE_BLOOM)
        .setRateLimiter(rateLimiter)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setLevelCompactionDynamicLevelBytes(true)
        .setMaxBackgroundJobs(2)
        .setAvoidFlushDuringShutdown(true)
        .setMaxTotalWalSize(4 * writeBufferBytes)
        .setBytesPerSync(MIB)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setKeepLogFileNum(2)
        .setMaxLogFileSize(4 * MIB);
  }

  /** Takes back the options of a shard that is closed. */
  void giveBack(Options options) {
    options.close();
    opened.decrementAndGet();
  }

  /** Bytes of the budget in use. */
  public long usedBytes() {
    return cache.getUsage();
  }

  @Override
  public void close() {
    bloomFilter.close();
    rateLimiter.close();
    writeBuffers.close();
    cache.close();
  }
}
