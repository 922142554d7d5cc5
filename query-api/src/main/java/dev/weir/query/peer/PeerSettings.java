package dev.weir.query.peer;

import java.time.Duration;

/**
 * Limits of the calls between nodes.
 *
 * @param connections to each peer, at least 1
 * @param maxInFlight calls to one peer, or of one connection at the called node, that may wait for
 *     an answer; more are refused
 * @param maxFrameBytes of a call or an answer; more is refused
 * @param maxPageBytes at which a page of a scan ends early
 * @param poolThreads for scans and counts at the called node; as many again for writes
 * @param timing how long to wait for what
 */
public record PeerSettings(
    int connections,
    int maxInFlight,
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
   */
  public record Timing(Duration connect, Duration silence, Duration minPause, Duration maxPause) {}

  /** What suits a handful of nodes in one data centre. */
  public static PeerSettings defaults() {
    return new PeerSettings(
        2,
        4096,
        64 << 20,
        4 << 20,
        2,
        new Timing(
            Duration.ofSeconds(2),
            Duration.ofSeconds(3),
            Duration.ofMillis(50),
            Duration.ofSeconds(1)));
  }
}
