package dev.weir.store.read;

import org.rocksdb.Options;

/** Breaks: only the rocksdb package knows RocksDB. */
public record RocksdbBait(Options options) {}
