package dev.weir.graph.algorithms;

import dev.weir.graph.Algorithm;
import dev.weir.graph.Arguments;
import dev.weir.graph.Parameter;
import dev.weir.graph.Setup;
import dev.weir.graph.VertexProgram;
import java.util.List;
import java.util.OptionalInt;

/**
 * PageRank with a fixed number of iterations. Ranks start at 1/n and add up to 1; what vertices
 * without outgoing edges hold is shared out equally among all. Weights are ignored, parallel edges
 * count each.
 *
 * <p>Source: LDBC Graphalytics 1.0, "PR", after L. Page et al., "The PageRank Citation Ranking:
 * Bringing Order to the Web", Stanford 1999. The same number of shards gives the same bits; another
 * number differs in rounding only. Supersteps: iterations + 1. Work: O(n + m) an iteration.
 */
public final class PageRank implements Algorithm {

  static final Parameter DAMPING =
      Parameter.number("damping", 0, 1, 0.85, "share of rank that follows edges");

  private static final Parameter ITERATIONS =
      Parameter.integer("iterations", 1, 100_000, 20, "how many iterations");

  @Override
  public String name() {
    return "pr";
  }

  @Override
  public String description() {
    return "PageRank with a fixed number of iterations";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(DAMPING, ITERATIONS);
  }

  @Override
  public OptionalInt supersteps(Arguments arguments) {
    return OptionalInt.of(arguments.integer(ITERATIONS.name()) + 1);
  }

  @Override
  public VertexProgram program(Setup setup, Arguments arguments) {
    RankProgram.Terms terms =
        new RankProgram.Terms(
            arguments.number(DAMPING.name()), arguments.integer(ITERATIONS.name()), 0);
    double share = 1.0 / setup.graph().vertices();
    return new RankProgram(setup, terms, id -> share);
  }
}
