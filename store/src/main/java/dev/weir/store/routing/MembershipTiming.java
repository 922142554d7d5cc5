package dev.weir.store.routing;

import java.time.Duration;

/**
 * How often a node speaks of itself.
 *
 * @param coalesce how long the first of several changes waits for the others; positive
 * @param drift how often offsets alone are worth a record; positive
 * @param retry pause after a record that could not be sent; positive
 * @param send how long one record may take; positive
 */
public record MembershipTiming(Duration coalesce, Duration drift, Duration retry, Duration send) {

  /** At once for changes, every 10 s for offsets. */
  public static MembershipTiming standard() {
    return new MembershipTiming(
        Duration.ofMillis(20),
        Duration.ofSeconds(10),
        Duration.ofMillis(500),
        Duration.ofSeconds(5));
  }
}
