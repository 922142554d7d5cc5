package dev.weir.store.bootstrap;

import dev.weir.store.Position;
import dev.weir.store.snapshot.Replicas;

/** Makes the way to the files of other nodes, as soon as a node knows which log it folds. */
@FunctionalInterface
public interface Neighbours {

  /**
   * Makes it; called once, on a thread of its own, while the node starts.
   *
   * @param node id of the node that asks
   * @param log the beginning of its log
   */
  Replicas reach(String node, Position log);
}
