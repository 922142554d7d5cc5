package dev.weir.graph.traverse;

import java.util.List;

/**
 * Why and where an answer lacks something that is in the graph.
 *
 * @param why what was used up
 * @param distance how many hops from the start it was cut first
 * @param vertices how many vertices have edges that were not followed, if they are known; 0 = that
 *     is not known
 * @param examples the first of them
 */
public record Cut(Why why, int distance, long vertices, List<VertexId> examples) {
  /** Most examples of a cut. */
  public static final int EXAMPLES = 20;

  public Cut {
    examples = List.copyOf(examples);
  }

  /** What was used up. */
  public enum Why {
    /** A vertex has more edges than may be followed: page through them, or allow more. */
    FAN_OUT,
    /** As many vertices as may be answered were found. */
    VERTICES,
    /** As many edges as may be looked at were seen. */
    EDGES,
    /** The time was over. */
    TIME
  }
}
