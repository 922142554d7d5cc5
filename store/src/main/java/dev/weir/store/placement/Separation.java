package dev.weir.store.placement;

/** Which part of a location holds at most one copy of a shard. */
public enum Separation {
  /** Copies stand in different regions. */
  REGION,
  /** Copies stand in different zones, whatever the region. */
  ZONE,
  /** Copies stand in different racks, whatever the zone. */
  RACK
}
