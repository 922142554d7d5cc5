package dev.weir.graph.algorithms;

import dev.weir.graph.Combine;
import dev.weir.graph.Direction;
import dev.weir.graph.DoubleAggregate;
import dev.weir.graph.DoubleChannel;
import dev.weir.graph.DoubleColumn;
import dev.weir.graph.Setup;
import dev.weir.graph.Vertex;
import dev.weir.graph.VertexProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Odd supersteps add up authorities, even ones hubs. A sum is scaled one superstep later, when the
 * norm is known; what was sent meanwhile is scaled by whoever receives it.
 */
final class HitsProgram implements VertexProgram {

  /** The share of its last move that authorities still move by; above it they hardly converge. */
  private static final double SLOW = 0.99;

  private final Hits.Side side;
  private final int iterations;
  private final double tolerance;
  private final DoubleColumn authority;
  private final DoubleColumn sum;
  private final DoubleColumn hub;
  private final DoubleChannel toAuthorities;
  private final DoubleChannel toHubs;
  private final DoubleAggregate squares;
  private final DoubleAggregate moved;
  private double move = Double.POSITIVE_INFINITY;
  private double ratio;
  private boolean last;

  HitsProgram(Setup setup, Hits.Side side, int iterations, double tolerance) {
    this.side = side;
    this.iterations = iterations;
    this.tolerance = tolerance;
    authority = setup.doubleColumn(0);
    sum = setup.doubleColumn(0);
    hub = setup.doubleColumn(1);
    toAuthorities = setup.doubleChannel(Combine.SUM);
    toHubs = setup.doubleChannel(Combine.SUM);
    squares = setup.doubleAggregate(Combine.SUM);
    moved = setup.doubleAggregate(Combine.SUM);
  }

  @Override
  public void compute(Vertex vertex, int superstep) {
    double scale = squares.get() > 0 ? 1 / Math.sqrt(squares.get()) : 0;
    if (last) {
      hub.set(vertex, hub.get(vertex) * scale);
    } else if (superstep == 0) {
      sendHub(vertex, 1);
    } else if (superstep % 2 == 1) {
      double value = toAuthorities.get(vertex) * scale;
      sum.set(vertex, value);
      squares.add(value * value);
      toHubs.sendAll(vertex, Direction.IN, value);
    } else {
      double value = sum.get(vertex) * scale;
      double change = value - authority.get(vertex);
      moved.add(change * change);
      authority.set(vertex, value);
      sendHub(vertex, toHubs.get(vertex) * scale);
    }
  }

  private void sendHub(Vertex vertex, double value) {
    hub.set(vertex, value);
    squares.add(value * value);
    toAuthorities.sendAll(vertex, Direction.OUT, value);
  }

  @Override
  public boolean isDone(int superstep) {
    if (last) {
      return true;
    }
    if (superstep > 0 && superstep % 2 == 0) {
      double now = Math.sqrt(moved.get());
      ratio = superstep > 2 && move > 0 ? now / move : 0;
      move = now;
      last = now < tolerance || superstep / 2 >= iterations;
    }
    return false;
  }

  @Override
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (move >= tolerance) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "not converged: the last of %d iterations moved the authorities by %.3g",
              iterations,
              move));
    }
    if (ratio > SLOW) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "small spectral gap: each iteration moves %.4f of what the one before it moved,"
                  + " so the scores depend on where they started",
              ratio));
    }
    return warnings;
  }

  @Override
  public DoubleColumn result() {
    return side == Hits.Side.HUBS ? hub : authority;
  }
}
