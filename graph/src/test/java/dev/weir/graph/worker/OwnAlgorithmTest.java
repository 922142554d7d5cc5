package dev.weir.graph.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.graph.Algorithm;
import dev.weir.graph.Arguments;
import dev.weir.graph.Combine;
import dev.weir.graph.Direction;
import dev.weir.graph.LongChannel;
import dev.weir.graph.LongColumn;
import dev.weir.graph.Parameter;
import dev.weir.graph.RunOutcome;
import dev.weir.graph.Setup;
import dev.weir.graph.Vertex;
import dev.weir.graph.VertexProgram;
import dev.weir.graph.compact.CompactGraph;
import dev.weir.graph.compact.GraphBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An algorithm as a user would write it; docs/graph.md points here. */
final class OwnAlgorithmTest {

  /** The greatest id from which a vertex can be reached within some steps. */
  static final class GreatestWithin implements Algorithm {

    @Override
    public String name() {
      return "greatest-within";
    }

    @Override
    public String description() {
      return "greatest id from which each vertex can be reached within some steps";
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(Parameter.integer("steps", 1, 100, 3, "how many steps"));
    }

    @Override
    public VertexProgram program(Setup setup, Arguments arguments) {
      int steps = arguments.integer("steps");
      LongColumn greatest = setup.longColumn(Long.MIN_VALUE);
      LongChannel seen = setup.longChannel(Combine.MAX);
      return new VertexProgram() {
        @Override
        public void compute(Vertex vertex, int superstep) {
          vertex.halt();
          long found = superstep == 0 ? vertex.id() : seen.get(vertex);
          if (superstep == 0 || found > greatest.get(vertex)) {
            greatest.set(vertex, found);
            seen.sendAll(vertex, Direction.OUT, found);
          }
        }

        @Override
        public boolean isDone(int superstep) {
          return superstep == steps;
        }

        @Override
        public LongColumn result() {
          return greatest;
        }
      };
    }
  }

  @Test
  void runsLikeThoseThatWeirBrings() {
    for (int shards : new int[] {1, 3, 70}) {
      GraphBuilder graph = new GraphBuilder(shards, true, false);
      List.of(9L, 1L, 2L, 3L).forEach(graph::vertex);
      graph.edge(9, 1, 1);
      graph.edge(1, 2, 1);
      graph.edge(2, 3, 1);
      RunOutcome outcome =
          Runs.outcome(graph.build(false), new GreatestWithin(), Map.of("steps", "2"));
      assertThat(Runs.longs(((RunOutcome.Completed) outcome).values()))
          .isEqualTo(Map.of(1L, 9L, 2L, 9L, 3L, 3L, 9L, 9L));
    }
  }

  @Test
  void shardsBeyondTheNumberOfBitsOfAWordAreNoDifference() {
    GraphBuilder builder = new GraphBuilder(100, false, false);
    for (int id = 0; id < 300; id++) {
      builder.vertex(id);
    }
    for (int id = 0; id < 300; id++) {
      builder.edge(id, (id + 1) % 300, 1);
      builder.edge(id, (id + 2) % 300, 1);
    }
    CompactGraph graph = builder.build(true);
    assertThat(Runs.longs(Runs.values(graph, "k-core", Map.of())).values()).containsOnly(4L);
    assertThat(Runs.longs(Runs.values(graph, "triangles", Map.of())).values()).containsOnly(3L);
  }
}
