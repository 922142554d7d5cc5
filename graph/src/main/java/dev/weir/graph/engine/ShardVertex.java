package dev.weir.graph.engine;

import dev.weir.graph.Direction;
import dev.weir.graph.Vertex;
import dev.weir.graph.compact.Adjacency;
import dev.weir.graph.compact.AdjacencyReader;
import dev.weir.graph.compact.ShardGraph;
import org.jspecify.annotations.Nullable;

/** Stands for one vertex of a shard after the other. Confined to the thread that computes it. */
final class ShardVertex implements Vertex {

  private final ShardGraph graph;
  private final AdjacencyReader out;
  private final @Nullable AdjacencyReader in;
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
    Adjacency ins = graph.in();
    this.out = new AdjacencyReader(graph.out());
    this.in = ins == null ? null : graph.isUndirected() ? out : new AdjacencyReader(ins);
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
    AdjacencyReader side = side(direction, edge);
    int first = side.load(place);
    return side.targets()[first + edge - before(direction, side)];
  }

  @Override
  public double weight(Direction direction, int edge) {
    AdjacencyReader side = side(direction, edge);
    int first = side.load(place);
    double[] weights = side.weights();
    return weights == null ? 1 : weights[first + edge - before(direction, side)];
  }

  /** The edges among which one is: those that start here come first. */
  private AdjacencyReader side(Direction direction, int edge) {
    if (direction == Direction.OUT || !directed) {
      return out;
    }
    return direction == Direction.BOTH && edge < out.degree(place) ? out : in();
  }

  /** How many edges come before those of a side. */
  private int before(Direction direction, AdjacencyReader side) {
    return direction == Direction.BOTH && directed && side != out ? out.degree(place) : 0;
  }

  /** Edges that start here, whatever is asked of an undirected graph; null if not meant. */
  @Nullable AdjacencyReader outOf(Direction direction) {
    return direction == Direction.IN && directed ? null : out;
  }

  /** Edges that end here; null if not meant, or of an undirected graph. */
  @Nullable AdjacencyReader inOf(Direction direction) {
    return direction == Direction.OUT || !directed ? null : in();
  }

  private AdjacencyReader in() {
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
