package dev.weir.graph;

/** How a run ended. */
public sealed interface RunOutcome {

  /** It ran to its end. */
  record Completed(VertexValues values, RunReport report) implements RunOutcome {}

  /**
   * It did not start, and would not with the same graph and arguments.
   *
   * @param reason what to change
   */
  record Refused(String reason) implements RunOutcome {}

  /**
   * Somebody cancelled it.
   *
   * @param superstep the one in which it ended
   */
  record Cancelled(int superstep) implements RunOutcome {}

  /**
   * It broke off. There are no results: half a result is a wrong one.
   *
   * @param superstep the one in which it ended
   * @param reason why, and what may help
   */
  record Failed(int superstep, String reason) implements RunOutcome {}

  /**
   * A process that took part, or the way to it, was lost. There are no results; it may be started
   * again.
   *
   * @param superstep after which it was lost, as far as this process knows
   * @param reason what was lost
   */
  record Lost(int superstep, String reason) implements RunOutcome {}
}
