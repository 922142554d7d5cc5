/**
 * Who holds which shard: this node's own shards, and the table of all nodes folded from a topic.
 */
@NullMarked
package dev.weir.store.routing;

import org.jspecify.annotations.NullMarked;
