package dev.weir.store.routing;

import java.util.SortedMap;

/** A record of the routing topic as bytes: for those who measure or look at it from outside. */
public final class RoutingRecord {

  private RoutingRecord() {}

  /** The key of a node's records. */
  public static byte[] key(String node) {
    return AnnouncementFormat.key(node);
  }

  /**
   * What a node says, as {@link RoutingFold#accept} reads it.
   *
   * @param claims by shard it is active for: offset of the record that first said so
   */
  public static byte[] value(NodeEntry entry, SortedMap<Integer, Long> claims) {
    return AnnouncementFormat.write(new Announcement(entry, claims));
  }
}
