/** How the shards of a run talk when they are in different processes: one topic of Kafka. */
@NullMarked
package dev.weir.graph.kafka;

import org.jspecify.annotations.NullMarked;
