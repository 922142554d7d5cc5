package dev.weir.store.placement;

import java.util.Comparator;
import java.util.List;

/**
 * What a plan is made of. The order of the nodes does not matter.
 *
 * @param shards number of shards
 * @param copies wanted of each, the active included, at least 1
 * @param nodes at least one
 * @param rule where copies may stand
 * @param acceptableLag records that a copy may be behind to become active at once
 * @param warmUps most copies that one node may build at a time for the sake of balance alone
 */
public record PlacementRequest(
    int shards,
    int copies,
    List<Candidate> nodes,
    PlacementRule rule,
    long acceptableLag,
    int warmUps) {
  public PlacementRequest {
    nodes = nodes.stream().sorted(Comparator.comparing(Candidate::node)).toList();
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("no nodes");
    }
  }
}
