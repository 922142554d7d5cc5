package dev.weir.store;

import dev.weir.store.read.RocksdbBait;

/** Breaks: the root package imports none of its sub-packages. */
public record RootBait(RocksdbBait below) {}
