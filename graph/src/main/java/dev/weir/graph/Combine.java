package dev.weir.graph;

/** How several messages to one vertex become one; commutative and associative but for rounding. */
public enum Combine {
  /** Their sum. Longs wrap around. */
  SUM,

  /** The least; the greatest long, or infinity, says nothing and is not delivered. */
  MIN,

  /** The greatest; the least long, or minus infinity, says nothing and is not delivered. */
  MAX
}
