package dev.weir.query.check;

import java.util.List;

/**
 * What the check of an edge type found.
 *
 * @param edges name of the edge type
 * @param counted edges that begin somewhere
 * @param differences edges that one end has and the other has not, or has otherwise; at most {@link
 *     #MOST}
 * @param miscounts vertices whose degree is not the number of their edges; at most {@link #MOST}
 */
public record EdgeReport(
    String edges, long counted, List<Difference> differences, List<Miscounted> miscounts) {
  /** Differences that are named, of either kind. */
  public static final int MOST = 1000;

  public EdgeReport {
    differences = List.copyOf(differences);
    miscounts = List.copyOf(miscounts);
  }

  /** Whether both sides and all degrees agree. */
  public boolean sound() {
    return differences.isEmpty() && miscounts.isEmpty();
  }

  /**
   * An edge on which its ends do not agree.
   *
   * @param edge the textual form of its key
   * @param what how they differ, in words
   */
  public record Difference(String edge, String what) {}

  /**
   * A vertex whose degree is wrong.
   *
   * @param vertex the textual form of its key
   * @param side {@code out} or {@code in}
   * @param degree what the counter says
   * @param edges how many edges it has
   */
  public record Miscounted(String vertex, String side, long degree, long edges) {}
}
