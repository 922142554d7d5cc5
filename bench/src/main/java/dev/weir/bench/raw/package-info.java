/** The peer: RocksDB without anything around it. */
@NullMarked
package dev.weir.bench.raw;

import org.jspecify.annotations.NullMarked;
