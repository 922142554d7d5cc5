package dev.weir.store.placement;

import java.util.Map;

/**
 * A node and what it holds.
 *
 * @param node its id
 * @param location where it stands
 * @param copies by shard: whether it is the active
 */
public record Placed(String node, Location location, Map<Integer, Boolean> copies) {
  public Placed {
    copies = Map.copyOf(copies);
  }
}
