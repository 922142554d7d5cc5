package dev.weir.graph.algorithms;

import dev.weir.graph.Algorithm;
import dev.weir.graph.Arguments;
import dev.weir.graph.Direction;
import dev.weir.graph.LongColumn;
import dev.weir.graph.Need;
import dev.weir.graph.Parameter;
import dev.weir.graph.Published;
import dev.weir.graph.Setup;
import dev.weir.graph.Vertex;
import dev.weir.graph.VertexProgram;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Communities: every vertex starts with its id as label, and in each iteration takes the label that
 * most edges to neighbours bring, the least of several; in a directed graph, edges of both
 * directions count, so that a neighbour at both ends counts twice. Without neighbours it keeps its
 * own.
 *
 * <p>Source: LDBC Graphalytics 1.0, "CDLP", after U. N. Raghavan, R. Albert, S. Kumara, "Near
 * linear time algorithm to detect community structures in large-scale networks", Phys. Rev. E 76
 * (2007). Exact. Supersteps: iterations + 1. Work: O(m) an iteration.
 */
public final class LabelPropagation implements Algorithm {

  private static final String ITERATIONS = "iterations";

  @Override
  public String name() {
    return "cdlp";
  }

  @Override
  public Meaning meaning() {
    return Meaning.GROUP;
  }

  @Override
  public String description() {
    return "communities by label propagation: the label of each vertex";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(Parameter.integer(ITERATIONS, 1, 10_000, 10, "how many iterations"));
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.IN_EDGES);
  }

  @Override
  public OptionalInt supersteps(Arguments arguments) {
    return OptionalInt.of(arguments.integer(ITERATIONS) + 1);
  }

  @Override
  public VertexProgram program(Setup setup, Arguments arguments) {
    int iterations = arguments.integer(ITERATIONS);
    LongColumn label = setup.longColumn(0);
    Published labels = setup.published();
    MostFrequent mostFrequent = new MostFrequent();
    return new VertexProgram() {
      @Override
      public void compute(Vertex vertex, int superstep) {
        long old = superstep == 0 ? vertex.id() : label.get(vertex);
        long chosen = superstep == 0 ? old : choose(vertex, old);
        label.set(vertex, chosen);
        if (superstep == 0 || chosen != old) {
          labels.publish(vertex, chosen);
        }
      }

      private long choose(Vertex vertex, long old) {
        long[] seen = mostFrequent.space(vertex.degree(Direction.BOTH));
        int count = labels.gather(vertex, Direction.BOTH, seen);
        return count == 0 ? old : mostFrequent.of(count);
      }

      @Override
      public boolean isDone(int superstep) {
        return superstep == iterations;
      }

      @Override
      public LongColumn result() {
        return label;
      }
    };
  }
}
