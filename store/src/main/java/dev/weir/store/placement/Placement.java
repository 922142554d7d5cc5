package dev.weir.store.placement;

/**
 * Plans where the copies of all shards stand. A plan follows from its request alone, whatever the
 * order in which the nodes are named.
 *
 * <p>First the nodes of each shard's copies are chosen, since only a change there copies data; then
 * the actives among them; then the steps that lead there without giving up a copy that has caught
 * up for one that has not. Planned again with the state reached meanwhile, the goal stays the same.
 */
public final class Placement {

  private Placement() {}

  /** The plan of a request. */
  public static PlacementPlan of(PlacementRequest request) {
    Ground ground = new Ground(request);
    Sets sets = CopySets.of(ground);
    return new Transition(ground, sets, Actives.of(ground, sets)).plan();
  }
}
