package dev.weir.graph;

/** A long over all vertices of all shards. Confined to the thread that computes the shard. */
public interface LongAggregate {

  /** Adds to this superstep's value. */
  void add(long value);

  /** The last superstep's value, the same at every shard; what combines to nothing if none. */
  long get();
}
