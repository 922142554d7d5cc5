package dev.weir.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a walk found.
 *
 * @param <T> type of what was asked for
 * @param value what was asked for; of a walk that was cut, a part of it
 * @param cuts where it was cut and why; none = the answer is complete
 * @param effort what it took
 */
public record Walk<T>(T value, List<Cut> cuts, Effort effort) {
  public Walk {
    cuts = List.copyOf(cuts);
  }

  /** What of a walk's terms was used up. */
  public enum Why {
    /** A vertex has more edges than may be followed: page through its {@link Walks#neighbours}. */
    FAN_OUT,
    /** As many vertices as may be answered were found. */
    VERTICES,
    /** As many edges as may be looked at were seen. */
    EDGES,
    /** The time was over. */
    TIME
  }

  /**
   * Where a walk was cut.
   *
   * @param why what was used up
   * @param distance how many hops from the start it was cut first
   * @param vertices how many vertices have edges that were not followed; 0 = that is not known
   * @param examples the first of them
   */
  public record Cut(Why why, int distance, long vertices, List<Vertex> examples) {
    public Cut {
      examples = List.copyOf(examples);
    }

    private static Cut of(JsonNode json) {
      List<Vertex> examples = new ArrayList<>();
      json.path("examples").forEach(each -> examples.add(Vertex.of(each)));
      String why = json.path("why").asText().toUpperCase(Locale.ROOT).replace('-', '_');
      return new Cut(
          Why.valueOf(why),
          json.path("distance").asInt(),
          json.path("vertices").asLong(),
          examples);
    }
  }

  /**
   * What a walk took.
   *
   * @param rounds how often the database was asked, each time with at most one call to a node
   * @param vertices visited where they are stored
   * @param edges looked at
   */
  public record Effort(int rounds, long vertices, long edges) {}

  /** Whether nothing was cut. */
  public boolean complete() {
    return cuts.isEmpty();
  }

  static <T> Walk<T> of(T value, JsonNode json) {
    List<Cut> cuts = new ArrayList<>();
    json.path("cuts").forEach(cut -> cuts.add(Cut.of(cut)));
    JsonNode effort = json.path("effort");
    return new Walk<>(
        value,
        cuts,
        new Effort(
            effort.path("rounds").asInt(),
            effort.path("vertices").asLong(),
            effort.path("edges").asLong()));
  }
}
