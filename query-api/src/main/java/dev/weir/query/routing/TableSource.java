package dev.weir.query.routing;

import dev.weir.store.routing.RoutingTable;

/** Where the routing tables come from. Safe from any thread. */
public interface TableSource {

  /** The newest table known here. */
  RoutingTable table();

  /**
   * Runs something once there is a table above a version: at once, or later on the thread that
   * brings it.
   */
  Waiting whenAbove(long version, Runnable action);

  /** Something that waits for a table. */
  interface Waiting {

    /** Stops to wait; no effect if it is over. */
    void cancel();
  }
}
