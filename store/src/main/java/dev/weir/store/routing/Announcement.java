package dev.weir.store.routing;

import java.util.SortedMap;

/**
 * A record of the routing topic.
 *
 * @param entry what the node says of itself
 * @param claims by shard, for each one the node is active for: offset of the record in which this
 *     claim was first made; {@link #HERE} = this one. Repeated in every later record, since
 *     compaction removes the earlier ones
 */
record Announcement(NodeEntry entry, SortedMap<Integer, Long> claims) {

  /** The claim begins with this record. */
  static final long HERE = -1;
}
