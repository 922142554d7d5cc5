/** How Kafka Streams drives the fold: topology, processor, state store. */
@NullMarked
package dev.weir.store.streams;

import org.jspecify.annotations.NullMarked;
