package dev.weir.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A shard on this node, live.
 *
 * @param shard number of the shard
 * @param role what the node is for it
 * @param serving whether it answers queries
 * @param position how far its state has got
 * @param logEnd offset the next record of its log will get, as last seen; -1 = not seen yet
 * @param catalogueRevision revision of the definitions its state holds
 * @param sizeBytes estimated bytes on disk
 * @param stopReason why the shard stopped itself; null = it has not
 * @param building indexes that it does not have completely, by rising ids
 */
public record ShardStatus(
    int shard,
    Role role,
    boolean serving,
    Position position,
    long logEnd,
    int catalogueRevision,
    long sizeBytes,
    @Nullable String stopReason,
    List<IndexProgress> building) {

  public ShardStatus {
    building = List.copyOf(building);
  }

  /** A shard that has all its indexes. */
  public ShardStatus(
      int shard,
      Role role,
      boolean serving,
      Position position,
      long logEnd,
      int catalogueRevision,
      long sizeBytes,
      @Nullable String stopReason) {
    this(
        shard,
        role,
        serving,
        position,
        logEnd,
        catalogueRevision,
        sizeBytes,
        stopReason,
        List.of());
  }

  /** Records of the log that are not folded yet; -1 = unknown. */
  public long lag() {
    return logEnd < 0 ? -1 : Math.max(0, logEnd - 1 - position.offset());
  }
}
