package dev.weir.store.placement;

import java.util.List;

/**
 * Who holds what from now on, and what that leads to.
 *
 * @param shards by number of the shard
 * @param pending shards that are not yet where they belong, ascending: another plan is needed once
 *     their copies have caught up
 */
public record PlacementPlan(List<Shard> shards, List<Integer> pending) {
  public PlacementPlan {
    shards = List.copyOf(shards);
    pending = List.copyOf(pending);
  }

  /**
   * The copies of a shard.
   *
   * @param active node that is its active
   * @param standbys nodes that hold its other copies, in order of their names
   * @param warmUps nodes that build or keep one more copy until they can take over; not counted
   * @param goalActive its active once the copies have caught up
   * @param goal its copies once they have caught up, {@code goalActive} included, in order too
   * @param missing copies that cannot be made: no node, or under a strict rule no place, is left
   * @param misplaced copies that break the rule; 0 under a strict rule
   */
  public record Shard(
      String active,
      List<String> standbys,
      List<String> warmUps,
      String goalActive,
      List<String> goal,
      int missing,
      int misplaced) {
    public Shard {
      standbys = List.copyOf(standbys);
      warmUps = List.copyOf(warmUps);
      goal = List.copyOf(goal);
    }
  }
}
