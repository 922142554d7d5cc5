package dev.weir.graph.worker;

import dev.weir.graph.SuperstepReport;
import dev.weir.graph.engine.Keeping;

/**
 * How an algorithm is to be run.
 *
 * @param mostSupersteps a run that goes on for longer fails; at least 1
 * @param listener is told of each superstep
 * @param keeping whether states are kept, and where the run goes on
 */
public record RunOptions(int mostSupersteps, SuperstepReport.Listener listener, Keeping keeping) {

  private static final int MOST_SUPERSTEPS = 100_000;

  public RunOptions {
    if (mostSupersteps < 1) {
      throw new IllegalArgumentException("a run has at least 1 superstep, not " + mostSupersteps);
    }
  }

  /** At most 100,000 supersteps, nobody is told of them. */
  public static RunOptions standard() {
    return new RunOptions(MOST_SUPERSTEPS, report -> {}, Keeping.NONE);
  }

  /** The same, and somebody is told of each superstep. */
  public RunOptions tell(SuperstepReport.Listener newListener) {
    return new RunOptions(mostSupersteps, newListener, keeping);
  }

  /** The same, with states that are kept, or that it goes on from. */
  public RunOptions keep(Keeping newKeeping) {
    return new RunOptions(mostSupersteps, listener, newKeeping);
  }
}
