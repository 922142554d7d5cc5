package dev.weir.graph.algorithms;

import dev.weir.graph.Combine;
import dev.weir.graph.Direction;
import dev.weir.graph.DoubleAggregate;
import dev.weir.graph.DoubleChannel;
import dev.weir.graph.DoubleColumn;
import dev.weir.graph.Setup;
import dev.weir.graph.Vertex;
import dev.weir.graph.VertexProgram;
import java.util.List;
import java.util.Locale;
import java.util.function.LongToDoubleFunction;

/**
 * What all kinds of PageRank share: rank flows along edges in equal parts; what arrives where no
 * edge leads on, and the share that does not follow edges, starts anew.
 */
final class RankProgram implements VertexProgram {

  private final Terms terms;
  private final LongToDoubleFunction restart;
  private final DoubleColumn rank;
  private final DoubleChannel inflow;
  private final DoubleAggregate sinks;
  private final DoubleAggregate change;
  private double lastChange = Double.POSITIVE_INFINITY;

  /**
   * When it ends, and how much flows.
   *
   * @param damping share of rank that follows edges, 0 to 1
   * @param iterations how many at most
   * @param tolerance ends when all ranks together changed by less; 0 to never end early
   */
  record Terms(double damping, int iterations, double tolerance) {}

  /**
   * A program.
   *
   * @param restart by id, the share of what starts anew that a vertex gets; 1 in all
   */
  RankProgram(Setup setup, Terms terms, LongToDoubleFunction restart) {
    this.terms = terms;
    this.restart = restart;
    rank = setup.doubleColumn(0);
    inflow = setup.doubleChannel(Combine.SUM);
    sinks = setup.doubleAggregate(Combine.SUM);
    change = setup.doubleAggregate(Combine.SUM);
  }

  @Override
  public void compute(Vertex vertex, int superstep) {
    double share = restart.applyAsDouble(vertex.id());
    double now = share;
    if (superstep > 0) {
      double damping = terms.damping();
      now = (1 - damping) * share + damping * (inflow.get(vertex) + share * sinks.get());
      if (terms.tolerance() > 0) {
        change.add(Math.abs(now - rank.get(vertex)));
      }
    }
    rank.set(vertex, now);
    if (superstep < terms.iterations()) {
      int degree = vertex.degree(Direction.OUT);
      if (degree == 0) {
        sinks.add(now);
      } else {
        inflow.sendAll(vertex, Direction.OUT, now / degree);
      }
    }
  }

  @Override
  public boolean isDone(int superstep) {
    lastChange = superstep == 0 ? Double.POSITIVE_INFINITY : change.get();
    return superstep == terms.iterations() || lastChange < terms.tolerance();
  }

  @Override
  public List<String> warnings() {
    if (terms.tolerance() == 0 || lastChange < terms.tolerance()) {
      return List.of();
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "not converged: the last of %d iterations changed the ranks by %.3g in all",
            terms.iterations(),
            lastChange));
  }

  @Override
  public DoubleColumn result() {
    return rank;
  }
}
