package dev.weir.store.liveness;

import dev.weir.store.routing.NodeEntry;

/** Takes dead nodes out of the consumer group and out of the routing table. */
@FunctionalInterface
public interface Evictor {

  /**
   * Evicts a session of a node, unless a fresh look at its routing entry shows that it has been
   * followed by another one or is only away. May block for some seconds; called by one thread.
   *
   * @return whether it is gone now; false = it lives on, or Kafka did not answer
   */
  boolean evict(NodeEntry node) throws InterruptedException;
}
