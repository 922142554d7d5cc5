package dev.weir.store.placement;

/**
 * The rule about where copies of a shard may stand.
 *
 * @param strict whether a copy that would break the rule is left out; otherwise it is made and
 *     reported
 * @param separation what holds at most one copy of a shard
 */
public record PlacementRule(boolean strict, Separation separation) {

  /** No two copies in one rack, ever. */
  public static final PlacementRule STANDARD = new PlacementRule(true, Separation.RACK);
}
