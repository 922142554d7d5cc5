package dev.weir.graph;

/** One value for each vertex of a shard. */
public sealed interface Column permits DoubleColumn, LongColumn {

  /** How many values it holds. */
  int size();
}
