/** The peer: Kafka Streams as it comes. */
@NullMarked
package dev.weir.bench.stock;

import org.jspecify.annotations.NullMarked;
