package dev.weir.graph;

/**
 * What happened in one superstep, over all shards.
 *
 * @param superstep from 0
 * @param computed vertices that were computed
 * @param awake vertices that do not sleep after it
 * @param messages that travel on from it, after those to one vertex from one shard were combined
 * @param bytes that they take
 * @param nanos since the run began
 */
public record SuperstepReport(
    int superstep, long computed, long awake, long messages, long bytes, long nanos) {

  /** Is told of each superstep, in order, by one thread at a time; must return soon. */
  public interface Listener {
    /** A superstep was completed by all shards. */
    void completed(SuperstepReport report);
  }
}
