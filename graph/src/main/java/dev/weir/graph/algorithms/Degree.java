package dev.weir.graph.algorithms;

import dev.weir.graph.Algorithm;
import dev.weir.graph.Arguments;
import dev.weir.graph.Direction;
import dev.weir.graph.LongColumn;
import dev.weir.graph.Need;
import dev.weir.graph.Setup;
import dev.weir.graph.Vertex;
import dev.weir.graph.VertexProgram;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How many edges a vertex has: those that start there, those that end there, or both. Parallel
 * edges count each. A self-loop counts once in each direction, and once in an undirected graph.
 *
 * <p>Source: any textbook. Exact. Supersteps: 1. Work: O(n).
 */
public final class Degree implements Algorithm {

  private final Direction direction;

  /** Degrees in one direction, or in both. */
  public Degree(Direction direction) {
    this.direction = direction;
  }

  @Override
  public String name() {
    return switch (direction) {
      case OUT -> "out-degree";
      case IN -> "in-degree";
      case BOTH -> "degree";
    };
  }

  @Override
  public String description() {
    return switch (direction) {
      case OUT -> "number of edges that start at each vertex";
      case IN -> "number of edges that end at each vertex";
      case BOTH -> "number of edges of each vertex";
    };
  }

  @Override
  public Set<Need> needs() {
    return direction == Direction.OUT ? Set.of() : Set.of(Need.IN_EDGES);
  }

  @Override
  public OptionalInt supersteps(Arguments arguments) {
    return OptionalInt.of(1);
  }

  @Override
  public VertexProgram program(Setup setup, Arguments arguments) {
    LongColumn degree = setup.longColumn(0);
    return new VertexProgram() {
      @Override
      public void compute(Vertex vertex, int superstep) {
        degree.set(vertex, vertex.degree(direction));
        vertex.halt();
      }

      @Override
      public LongColumn result() {
        return degree;
      }
    };
  }
}
