package dev.weir.graph.algorithms;

import dev.weir.graph.Algorithm;
import dev.weir.graph.Arguments;
import dev.weir.graph.Need;
import dev.weir.graph.Parameter;
import dev.weir.graph.Setup;
import dev.weir.graph.VertexProgram;
import java.util.List;
import java.util.Set;

/**
 * Hubs and authorities: the authority of a vertex is the sum of the hub scores of those that point
 * to it, its hub score the sum of the authorities it points to, each side scaled so that the sum of
 * squares is 1 (Euclidean norm). Starts with equal hub scores, ends when the authorities have moved
 * by less than a tolerance in that norm. Parallel edges count each, weights are ignored.
 *
 * <p>Source: J. M. Kleinberg, "Authoritative Sources in a Hyperlinked Environment", J. ACM 46
 * (1999). The method is power iteration: it converges by the square of the ratio of the two
 * greatest singular values an iteration. Where that is close to 1 the scores are not well
 * determined, and a warning says so. The same number of shards gives the same bits. Supersteps: 2
 * an iteration, and 2. Work: O(n + m) a superstep.
 */
public final class Hits implements Algorithm {

  private static final Parameter TOLERANCE =
      Parameter.number("tolerance", 1e-15, 1, 1e-9, "move of all authorities that is small enough");

  private static final Parameter ITERATIONS =
      Parameter.integer("iterations", 1, 100_000, 500, "how many iterations at most");

  private final Side side;

  /** Which score is the result. */
  public enum Side {
    AUTHORITIES,
    HUBS
  }

  /** The algorithm with one of the scores as its result. */
  public Hits(Side side) {
    this.side = side;
  }

  @Override
  public String name() {
    return side == Side.HUBS ? "hits-hubs" : "hits-authorities";
  }

  @Override
  public String description() {
    return side == Side.HUBS
        ? "HITS: hub score of each vertex (norm: sum of squares is 1)"
        : "HITS: authority score of each vertex (norm: sum of squares is 1)";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(TOLERANCE, ITERATIONS);
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.IN_EDGES);
  }

  @Override
  public VertexProgram program(Setup setup, Arguments arguments) {
    return new HitsProgram(
        setup, side, arguments.integer(ITERATIONS.name()), arguments.number(TOLERANCE.name()));
  }
}
