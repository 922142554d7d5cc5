/** Follows collections: what is there first, then every change, wherever the shards are. */
@NullMarked
package dev.weir.query.changes;

import org.jspecify.annotations.NullMarked;
