/** The state of a shard in RocksDB; the only importer of {@code org.rocksdb}. */
@NullMarked
package dev.weir.store.rocksdb;

import org.jspecify.annotations.NullMarked;
