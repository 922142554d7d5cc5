package dev.weir.graph.algorithms;

import dev.weir.graph.Algorithm;
import dev.weir.graph.Arguments;
import dev.weir.graph.Need;
import dev.weir.graph.Setup;
import dev.weir.graph.VertexProgram;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Local clustering coefficient: of all ordered pairs of distinct neighbours of a vertex, in either
 * direction, the share that an edge leads between; 0 with fewer than two neighbours. Parallel edges
 * count once, self-loops not at all.
 *
 * <p>Source: LDBC Graphalytics 1.0, "LCC", after D. J. Watts, S. H. Strogatz, "Collective dynamics
 * of small-world networks", Nature 393 (1998); pairs are found as in {@link TriangleCount}. Counts
 * are exact and one division rounds, so results do not depend on the number of shards. Supersteps:
 * 4. Work: O(m^1.5).
 */
public final class LocalClustering implements Algorithm {

  @Override
  public String name() {
    return "lcc";
  }

  @Override
  public String description() {
    return "local clustering coefficient of each vertex";
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.IN_EDGES);
  }

  @Override
  public OptionalInt supersteps(Arguments arguments) {
    return OptionalInt.of(TriangleProgram.SUPERSTEPS);
  }

  @Override
  public VertexProgram program(Setup setup, Arguments arguments) {
    return new TriangleProgram(setup, TriangleProgram.Counting.DIRECTIONS_OF_OPPOSITE_SIDE);
  }
}
