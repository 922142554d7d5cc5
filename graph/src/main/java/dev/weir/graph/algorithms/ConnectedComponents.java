package dev.weir.graph.algorithms;

import dev.weir.graph.Algorithm;
import dev.weir.graph.Arguments;
import dev.weir.graph.Combine;
import dev.weir.graph.Direction;
import dev.weir.graph.LongChannel;
import dev.weir.graph.LongColumn;
import dev.weir.graph.Need;
import dev.weir.graph.Setup;
import dev.weir.graph.Vertex;
import dev.weir.graph.VertexProgram;
import java.util.Set;

/**
 * Weakly connected components: vertices have the same value if a path connects them, whatever the
 * direction of its edges. The value is the least id of the component.
 *
 * <p>Source: LDBC Graphalytics 1.0, "WCC"; labels spread as in U. Kang et al., "PEGASUS", ICDM
 * 2009. Exact. Supersteps: up to the greatest distance within a component + 2, so chains of
 * millions are slow. Work: O(m · supersteps) at worst, a few times m on graphs of small diameter.
 */
public final class ConnectedComponents implements Algorithm {

  @Override
  public String name() {
    return "wcc";
  }

  @Override
  public Meaning meaning() {
    return Meaning.GROUP;
  }

  @Override
  public String description() {
    return "weakly connected components: the least id of each vertex's component";
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.IN_EDGES);
  }

  @Override
  public VertexProgram program(Setup setup, Arguments arguments) {
    LongColumn component = setup.longColumn(Long.MAX_VALUE);
    LongChannel labels = setup.longChannel(Combine.MIN);
    return new VertexProgram() {
      @Override
      public void compute(Vertex vertex, int superstep) {
        vertex.halt();
        long label = superstep == 0 ? vertex.id() : labels.get(vertex);
        if (label < component.get(vertex) || superstep == 0) {
          component.set(vertex, label);
          labels.sendAll(vertex, Direction.BOTH, label);
        }
      }

      @Override
      public LongColumn result() {
        return component;
      }
    };
  }
}
