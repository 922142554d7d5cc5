package dev.weir.graph.traverse;

import java.time.Duration;

/**
 * How far a walk may go before it is cut, which its answer then says.
 *
 * @param vertices most vertices in the answer, or on the way to it, at least 1
 * @param edges most edges looked at, at least 1
 * @param fanOut most edges of one vertex, edge type and direction, at least 1
 * @param time how long, more than nothing; checked between hops
 */
public record Budget(long vertices, long edges, int fanOut, Duration time) {
  /** 10,000 vertices, 100,000 edges, 10,000 of one vertex, 5 s. */
  public static final Budget USUAL = new Budget(10_000, 100_000, 10_000, Duration.ofSeconds(5));

  /** As much for each of several walks, in the same time. */
  Budget times(int walks) {
    return new Budget(saturated(vertices, walks), saturated(edges, walks), fanOut, time);
  }

  private static long saturated(long number, int times) {
    return number > Long.MAX_VALUE / times ? Long.MAX_VALUE : number * times;
  }
}
