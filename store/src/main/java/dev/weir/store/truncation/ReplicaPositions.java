package dev.weir.store.truncation;

import java.util.List;
import java.util.Map;

/** Knows who holds which shard, and how far each has got. */
@FunctionalInterface
public interface ReplicaPositions {

  /** All replicas by shard, those of lately lost nodes too. Blocks. */
  Map<Integer, List<ReplicaPosition>> look() throws InterruptedException;
}
