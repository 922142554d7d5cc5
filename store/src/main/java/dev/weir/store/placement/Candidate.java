package dev.weir.store.placement;

import java.util.Map;

/**
 * A node that can hold copies.
 *
 * @param node unique; its order breaks ties
 * @param capacity its share of the load relative to others, at least 1; its number of threads
 * @param location where it stands
 * @param state by shard: what it has on its disk
 */
public record Candidate(String node, int capacity, Location location, Map<Integer, State> state) {
  public Candidate {
    state = Map.copyOf(state);
  }

  /**
   * What a node has of a shard.
   *
   * @param active whether the shard's active is there, running or still coming up
   * @param lag records it is behind, not negative; 0 if it is running as the active, or unknown
   */
  public record State(boolean active, long lag) {}
}
