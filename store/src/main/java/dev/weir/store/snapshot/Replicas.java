package dev.weir.store.snapshot;

import dev.weir.store.routing.NodeEntry;
import java.io.IOException;

/** The port to the files of other nodes. Safe from any thread; calls block. */
public interface Replicas {

  /**
   * Has a node make a checkpoint of a shard and keep it for this one until the source is closed, or
   * not used for a while.
   *
   * @throws IOException if the node does not answer, does not hold the shard, or will not
   */
  SnapshotSource borrow(NodeEntry node, int shard) throws IOException;

  /** Ends what is under way; further calls fail. */
  default void close() {}
}
