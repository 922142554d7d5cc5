/**
 * Copies of a shard's state: made of an open shard, described by a manifest, checked before use,
 * kept in a repository, carried from node to node.
 */
@NullMarked
package dev.weir.store.snapshot;

import org.jspecify.annotations.NullMarked;
