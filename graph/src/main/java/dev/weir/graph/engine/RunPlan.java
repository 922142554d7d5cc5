package dev.weir.graph.engine;

import dev.weir.graph.Algorithm;
import dev.weir.graph.Arguments;
import dev.weir.graph.SuperstepReport;

/**
 * What is to be run.
 *
 * @param arguments for the algorithm, checked
 * @param mostSupersteps a run that goes on for longer fails; at least 1
 * @param listener is told of each superstep
 * @param keeping whether states are kept, and where the run goes on
 */
public record RunPlan(
    Algorithm algorithm,
    Arguments arguments,
    int mostSupersteps,
    SuperstepReport.Listener listener,
    Keeping keeping) {}
