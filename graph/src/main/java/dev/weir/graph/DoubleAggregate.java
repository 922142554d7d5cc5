package dev.weir.graph;

/** A double over all vertices of all shards. Confined to the thread that computes the shard. */
public interface DoubleAggregate {

  /** Adds to this superstep's value. */
  void add(double value);

  /** The last superstep's value, the same at every shard; what combines to nothing if none. */
  double get();
}
