package dev.weir.query.routing;

import dev.weir.query.SearchLimits;
import java.time.Duration;

/**
 * How long the router keeps trying.
 *
 * @param read until a question is refused that could not be answered, because shards move or nodes
 *     do not answer
 * @param write the same for operations
 * @param attempt the longest wait for one call to another node
 * @param status the longest wait for a node's status
 * @param minPause before another attempt if no newer routing table comes sooner; doubled every time
 * @param maxPause the longest such pause
 * @param hedges share of the reads at other nodes that may be sent to a second replica when the
 *     first is slower than it usually is, from 0 to 1
 * @param searches what questions about the contents of documents may take
 */
public record RouterSettings(
    Duration read,
    Duration write,
    Duration attempt,
    Duration status,
    Duration minPause,
    Duration maxPause,
    double hedges,
    SearchLimits searches) {

  /** With the usual limits of searches. */
  public RouterSettings(
      Duration read,
      Duration write,
      Duration attempt,
      Duration status,
      Duration minPause,
      Duration maxPause,
      double hedges) {
    this(read, write, attempt, status, minPause, maxPause, hedges, SearchLimits.defaults());
  }

  /** The same with other limits of searches. */
  public RouterSettings with(SearchLimits limits) {
    return new RouterSettings(read, write, attempt, status, minPause, maxPause, hedges, limits);
  }

  /** 5 s for reads, 10 s for writes, 5 % of second calls. */
  public static RouterSettings defaults() {
    return new RouterSettings(
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(2),
        Duration.ofMillis(500),
        Duration.ofMillis(20),
        Duration.ofMillis(250),
        0.05);
  }
}
