package dev.weir.graph.algorithms;

import dev.weir.graph.Algorithm;
import dev.weir.graph.Arguments;
import dev.weir.graph.Combine;
import dev.weir.graph.Direction;
import dev.weir.graph.LongChannel;
import dev.weir.graph.LongColumn;
import dev.weir.graph.Parameter;
import dev.weir.graph.Setup;
import dev.weir.graph.Vertex;
import dev.weir.graph.VertexProgram;
import java.util.List;

/**
 * How many edges, in their direction, lead from a vertex to each other one; 2^63 - 1 where none do.
 *
 * <p>Source: LDBC Graphalytics 1.0, "BFS"; the number for unreachable vertices is that of its
 * published results. Exact. Supersteps: at most the greatest distance + 2. Work: O(n + m) in all.
 */
public final class BreadthFirstSearch implements Algorithm {

  /** The distance of what cannot be reached. */
  public static final long UNREACHABLE = Long.MAX_VALUE;

  private static final String SOURCE = "source";

  @Override
  public String name() {
    return "bfs";
  }

  @Override
  public Meaning meaning() {
    return Meaning.DISTANCE;
  }

  @Override
  public String description() {
    return "breadth-first search: number of edges from one vertex to each";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(Parameter.vertex(SOURCE, "where it starts"));
  }

  @Override
  public VertexProgram program(Setup setup, Arguments arguments) {
    long source = arguments.vertex(SOURCE);
    LongColumn distance = setup.longColumn(UNREACHABLE);
    LongChannel reached = setup.longChannel(Combine.MIN);
    return new VertexProgram() {
      @Override
      public void compute(Vertex vertex, int superstep) {
        vertex.halt();
        boolean found = superstep == 0 ? vertex.id() == source : reached.has(vertex);
        if (found && distance.get(vertex) == UNREACHABLE) {
          distance.set(vertex, superstep);
          reached.sendAll(vertex, Direction.OUT, superstep + 1);
        }
      }

      @Override
      public LongColumn result() {
        return distance;
      }
    };
  }
}
