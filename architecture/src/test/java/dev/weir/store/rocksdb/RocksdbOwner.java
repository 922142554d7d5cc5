package dev.weir.store.rocksdb;

import org.rocksdb.Options;

/** Keeps all rules. */
public record RocksdbOwner(Options options) {}
