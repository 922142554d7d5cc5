package dev.weir.query.peer;

import java.time.Duration;

/**
 * Limits of the calls between nodes.
 *
 * @param connections to each peer, at least 1
 * @param inFlight calls on one connection that may wait for an answer, by kind of work; more are
 *     refused, by the caller already
 * @param maxFrameBytes of a call or an answer; more is refused
 * @param maxPageBytes at which a page of a scan ends early
 * @param poolThreads at the called node, for each kind of work that is not answered at once
 * @param timing how long to wait for what
 */
public record PeerSettings(
    int connections,
    InFlight inFlight,
    int maxFrameBytes,
    int maxPageBytes,
    int poolThreads,
    Timing timing) {

  /**
   * How long to wait for what.
   *
   * @param connect until a connection is made and both sides have proved themselves
   * @param silence of a peer that owes answers, after which it counts as gone; it is pinged before
   * @param minPause before a new attempt to connect after a failed one; doubled with every failure
   * @param maxPause the longest such pause
   * @param stop until a node that stops has answered the calls that have come
   */
  public record Timing(
      Duration connect, Duration silence, Duration minPause, Duration maxPause, Duration stop) {}

  /**
   * How many calls may wait.
   *
   * @param each of point reads, batches and writes; each kind has its own
   * @param scatter of scans and counts
   */
  public record InFlight(int each, int scatter) {
    int of(Work work) {
      return work == Work.SCATTER ? scatter : each;
    }
  }

  /** What suits a handful of nodes in one data centre. */
  public static PeerSettings defaults() {
    return new PeerSettings(
        2,
        new InFlight(4096, 256),
        64 << 20,
        4 << 20,
        2,
        new Timing(
            Duration.ofSeconds(2),
            Duration.ofSeconds(3),
            Duration.ofMillis(50),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2)));
  }
}
