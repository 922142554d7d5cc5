package dev.weir.graph;

/**
 * What a program asks the engine for when it is made, one for each shard. Every shard must ask for
 * the same in the same order. Valid until the program is made.
 */
public interface Setup {

  /** The graph as a whole. */
  GraphFacts graph();

  /** Number of the shard's first vertex; the others follow it. */
  int first();

  /** How many vertices the shard has. */
  int size();

  /**
   * Books memory for what a program keeps beside its columns, and can make again from them.
   *
   * @param bytes a guess
   */
  void book(long bytes);

  /** State of vertices: a double each. */
  DoubleColumn doubleColumn(double initial);

  /** State of vertices: a long each. */
  LongColumn longColumn(long initial);

  /** Combined messages of doubles. */
  DoubleChannel doubleChannel(Combine combine);

  /** Combined messages of longs. */
  LongChannel longChannel(Combine combine);

  /** A value that all neighbours see. */
  Published published();

  /** Lists from one vertex to several. */
  ListChannel listChannel(ListChannel.Receiver receiver);

  /** A double over all vertices. */
  DoubleAggregate doubleAggregate(Combine combine);

  /** A long over all vertices. */
  LongAggregate longAggregate(Combine combine);
}
