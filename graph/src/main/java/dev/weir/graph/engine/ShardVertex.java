package dev.weir.graph.engine;

import dev.weir.graph.Direction;
import dev.weir.graph.Vertex;
import dev.weir.graph.compact.Adjacency;
import dev.weir.graph.compact.ShardGraph;
import org.jspecify.annotations.Nullable;

/** Stands for one vertex of a shard after the other. Confined to the thread that computes it. */
final class ShardVertex implements Vertex {

  private final ShardGraph graph;
  private final Adjacency out;
  private final @Nullable Adjacency in;
  private final boolean directed;
  private final long[] awake;
  private int place;

  /**
   * A vertex of a shard.
   *
   * @param awake a bit for each vertex that does not sleep
   */
  ShardVertex(ShardGraph graph, boolean directed, long[] awake) {
    this.graph = graph;
    this.out = graph.out();
    this.in = graph.in();
    this.directed = directed;
    this.awake = awake;
  }

  void moveTo(int newPlace) {
    place = newPlace;
  }

  int place() {
    return place;
  }

  @Override
  public long id() {
    return graph.ids()[place];
  }

  @Override
  public int number() {
    return graph.first() + place;
  }

  @Override
  public int degree(Direction direction) {
    if (direction == Direction.OUT || !directed) {
      return out.degree(place);
    }
    int degree = in().degree(place);
    return direction == Direction.IN ? degree : degree + out.degree(place);
  }

  @Override
  public int neighbour(Direction direction, int edge) {
    int inIn = placeInIn(direction, edge);
    return inIn < 0 ? out.targets()[out.offsets()[place] + edge] : in().targets()[inIn];
  }

  @Override
  public double weight(Direction direction, int edge) {
    int inIn = placeInIn(direction, edge);
    double[] weights = inIn < 0 ? out.weights() : in().weights();
    if (weights == null) {
      return 1;
    }
    return weights[inIn < 0 ? out.offsets()[place] + edge : inIn];
  }

  /** Where an edge is among those that end in this shard; -1 if it starts here. */
  private int placeInIn(Direction direction, int edge) {
    if (direction == Direction.OUT || !directed) {
      return -1;
    }
    int before = direction == Direction.BOTH ? out.degree(place) : 0;
    return edge < before ? -1 : in().offsets()[place] + edge - before;
  }

  /** Edges that start here, whatever is asked of an undirected graph; null if not meant. */
  @Nullable Adjacency outOf(Direction direction) {
    return direction == Direction.IN && directed ? null : out;
  }

  /** Edges that end here; null if not meant, or of an undirected graph. */
  @Nullable Adjacency inOf(Direction direction) {
    return direction == Direction.OUT || !directed ? null : in();
  }

  private Adjacency in() {
    if (in == null) {
      throw new IllegalStateException("the algorithm has not asked for IN_EDGES");
    }
    return in;
  }

  @Override
  public void halt() {
    awake[place >>> 6] &= ~(1L << place);
  }
}
