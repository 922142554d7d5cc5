package dev.weir.store.liveness;

import dev.weir.store.routing.NodeEntry;
import java.util.function.BooleanSupplier;

/** Takes dead nodes out of the consumer group and out of the routing table. */
public interface Evictor {

  /**
   * Evicts a session of a node, unless a fresh look at its routing entry shows that it has been
   * followed by another one or is only away. May block for some seconds; called by one thread.
   *
   * @param stillMissed asked last of all, since the node may have woken up meanwhile
   * @return whether it is gone now; false = it lives on, or Kafka did not answer
   */
  boolean evict(NodeEntry node, BooleanSupplier stillMissed) throws InterruptedException;

  /**
   * Takes a session of a node out of the routing table if the group has no member of it any more.
   * May block for some seconds; called by one thread.
   *
   * @return whether it is gone now
   */
  boolean forget(NodeEntry node) throws InterruptedException;
}
