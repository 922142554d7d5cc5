package dev.weir.graph.algorithms;

import dev.weir.graph.Algorithm;
import dev.weir.graph.Arguments;
import dev.weir.graph.Parameter;
import dev.weir.graph.Setup;
import dev.weir.graph.VertexProgram;
import java.util.List;

/**
 * PageRank until an iteration changes all ranks together (the sum of absolute differences) by less
 * than a tolerance; a warning says if that did not happen. Else as {@link PageRank}.
 *
 * <p>Source: L. Page et al., "The PageRank Citation Ranking: Bringing Order to the Web", Stanford
 * 1999. Iterations: about log(tolerance) / log(damping). Work: O(n + m) an iteration.
 */
public final class ConvergedPageRank implements Algorithm {

  static final Parameter TOLERANCE =
      Parameter.number("tolerance", 1e-15, 1, 1e-9, "change of all ranks that is small enough");

  static final Parameter ITERATIONS =
      Parameter.integer("iterations", 1, 100_000, 500, "how many iterations at most");

  @Override
  public String name() {
    return "pr-converged";
  }

  @Override
  public String description() {
    return "PageRank until the ranks no longer change";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(PageRank.DAMPING, TOLERANCE, ITERATIONS);
  }

  static RankProgram.Terms terms(Arguments arguments) {
    return new RankProgram.Terms(
        arguments.number(PageRank.DAMPING.name()),
        arguments.integer(ITERATIONS.name()),
        arguments.number(TOLERANCE.name()));
  }

  @Override
  public VertexProgram program(Setup setup, Arguments arguments) {
    double share = 1.0 / setup.graph().vertices();
    return new RankProgram(setup, terms(arguments), id -> share);
  }
}
