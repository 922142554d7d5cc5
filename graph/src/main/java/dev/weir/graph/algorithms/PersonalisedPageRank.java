package dev.weir.graph.algorithms;

import dev.weir.graph.Algorithm;
import dev.weir.graph.Arguments;
import dev.weir.graph.Parameter;
import dev.weir.graph.Setup;
import dev.weir.graph.VertexProgram;
import java.util.Arrays;
import java.util.List;

/**
 * PageRank as seen from some vertices: what starts anew, also from vertices without outgoing edges,
 * starts at these, in equal shares. Until an iteration changes all ranks together by less than a
 * tolerance.
 *
 * <p>Source: T. H. Haveliwala, "Topic-sensitive PageRank", WWW 2002. Iterations: about
 * log(tolerance) / log(damping). Work: O(n + m) an iteration.
 */
public final class PersonalisedPageRank implements Algorithm {

  private static final String SOURCES = "sources";

  @Override
  public String name() {
    return "pr-personalised";
  }

  @Override
  public String description() {
    return "PageRank as seen from some vertices";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.vertices(SOURCES, "where rank starts anew"),
        PageRank.DAMPING,
        ConvergedPageRank.TOLERANCE,
        ConvergedPageRank.ITERATIONS);
  }

  @Override
  public VertexProgram program(Setup setup, Arguments arguments) {
    long[] sources =
        arguments.vertices(SOURCES).stream()
            .mapToLong(Long::longValue)
            .distinct()
            .sorted()
            .toArray();
    double share = 1.0 / sources.length;
    return new RankProgram(
        setup,
        ConvergedPageRank.terms(arguments),
        id -> Arrays.binarySearch(sources, id) >= 0 ? share : 0);
  }
}
