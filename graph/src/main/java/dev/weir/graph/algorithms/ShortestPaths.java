package dev.weir.graph.algorithms;

import dev.weir.graph.Algorithm;
import dev.weir.graph.Arguments;
import dev.weir.graph.Combine;
import dev.weir.graph.Direction;
import dev.weir.graph.DoubleChannel;
import dev.weir.graph.DoubleColumn;
import dev.weir.graph.Need;
import dev.weir.graph.Parameter;
import dev.weir.graph.Setup;
import dev.weir.graph.Vertex;
import dev.weir.graph.VertexProgram;
import java.util.List;
import java.util.Set;

/**
 * The least sum of weights along edges, in their direction, from a vertex to each other one;
 * infinity where no path leads. Weights must not be below 0.
 *
 * <p>Source: LDBC Graphalytics 1.0, "SSSP"; computed as R. Bellman, "On a routing problem",
 * Quarterly of Applied Mathematics 16 (1958), along the frontier only. Every sum is made along its
 * path from the source, so the same paths give the same bits whatever the number of shards.
 * Supersteps: edges of the longest shortest path + 2. Work: O(n · m) at worst, a few times m on
 * graphs of small diameter.
 */
public final class ShortestPaths implements Algorithm {

  private static final String SOURCE = "source";

  @Override
  public String name() {
    return "sssp";
  }

  @Override
  public Meaning meaning() {
    return Meaning.DISTANCE;
  }

  @Override
  public String description() {
    return "shortest paths: least sum of weights from one vertex to each";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(Parameter.vertex(SOURCE, "where it starts"));
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.NON_NEGATIVE_WEIGHTS);
  }

  @Override
  public VertexProgram program(Setup setup, Arguments arguments) {
    long source = arguments.vertex(SOURCE);
    DoubleColumn distance = setup.doubleColumn(Double.POSITIVE_INFINITY);
    DoubleChannel offers = setup.doubleChannel(Combine.MIN);
    return new VertexProgram() {
      @Override
      public void compute(Vertex vertex, int superstep) {
        vertex.halt();
        boolean starts = superstep == 0 && vertex.id() == source;
        double offer = starts ? 0 : offers.get(vertex);
        if (offer < distance.get(vertex)) {
          distance.set(vertex, offer);
          offers.sendAllPlusWeight(vertex, Direction.OUT, offer);
        }
      }

      @Override
      public DoubleColumn result() {
        return distance;
      }
    };
  }
}
