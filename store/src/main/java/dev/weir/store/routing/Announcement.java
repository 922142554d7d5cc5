package dev.weir.store.routing;

import dev.weir.store.Catalogue;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A record of the routing topic.
 *
 * @param entry what the node says of itself
 * @param claims by shard, for each one the node is active for: offset of the record in which this
 *     claim was first made; {@link #HERE} = this one. Repeated in every later record, since
 *     compaction removes the earlier ones
 * @param catalogue the definitions, if the node is the active of shard 0
 */
record Announcement(
    NodeEntry entry, SortedMap<Integer, Long> claims, @Nullable Catalogue catalogue) {

  /** An announcement without definitions. */
  Announcement(NodeEntry entry, SortedMap<Integer, Long> claims) {
    this(entry, claims, null);
  }

  /** The claim begins with this record. */
  static final long HERE = -1;
}
