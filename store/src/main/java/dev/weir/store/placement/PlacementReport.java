package dev.weir.store.placement;

import java.util.List;

/**
 * Where all copies stand, and what is wrong with it.
 *
 * @param rule that they should follow
 * @param replicas copies wanted of each shard
 * @param nodes ordered by name
 * @param shards by number of the shard
 */
public record PlacementReport(
    PlacementRule rule, int replicas, List<Node> nodes, List<Shard> shards) {
  public PlacementReport {
    nodes = List.copyOf(nodes);
    shards = List.copyOf(shards);
  }

  /** Shards that have fewer copies in different places than are wanted. */
  public long underReplicated() {
    return shards.stream().filter(s -> s.missing() > 0).count();
  }

  /** Shards of which two copies stand in one place because there is no other. */
  public long misplaced() {
    return shards.stream().filter(s -> s.misplaced() > 0).count();
  }

  /**
   * A node.
   *
   * @param node its id
   * @param location where it stands
   * @param actives shards it is the active of
   * @param copies all that it holds, actives included
   */
  public record Node(String node, Location location, int actives, int copies) {}

  /** How a shard's copies stand. */
  public enum State {
    /** As the rule and the number of replicas ask for. */
    PLACED,
    /** All that is asked for, and one more copy that is being built or about to go. */
    MOVING,
    /** A copy is missing although there is a node for it: it is being built. */
    BUILDING,
    /** A copy is missing and no node may hold it. */
    UNDER_REPLICATED,
    /** All copies are there, but some stand in one place. */
    MISPLACED,
    /** No node says that it is the active. */
    NO_ACTIVE
  }

  /**
   * A shard.
   *
   * @param shard its number
   * @param state how its copies stand
   * @param copies the active first, then by node
   * @param missing copies in different places that it lacks
   * @param misplaced copies that stand where there is one already
   * @param why it is so, a sentence or two
   * @param advice what to do, or empty
   */
  public record Shard(
      int shard,
      State state,
      List<Copy> copies,
      int missing,
      int misplaced,
      String why,
      String advice) {
    public Shard {
      copies = List.copyOf(copies);
    }
  }

  /**
   * A copy.
   *
   * @param node that holds it
   * @param location where that stands
   * @param active whether it is the active
   */
  public record Copy(String node, Location location, boolean active) {}
}
