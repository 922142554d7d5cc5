package dev.weir.graph.traverse;

import dev.weir.graph.traverse.Cut.Why;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Notes where a walk is cut. */
final class Cuts {
  private final Map<Why, Noted> noted = new EnumMap<>(Why.class);

  private static final class Noted {
    private final int distance;
    private final List<VertexId> examples = new ArrayList<>();
    private long vertices;

    Noted(int distance) {
      this.distance = distance;
    }
  }

  /** A cut of which no vertex is known. */
  void note(Why why, int distance) {
    noted.computeIfAbsent(why, w -> new Noted(distance));
  }

  void note(Why why, int distance, VertexId vertex) {
    Noted cut = noted.computeIfAbsent(why, w -> new Noted(distance));
    cut.vertices++;
    if (cut.examples.size() < Cut.EXAMPLES) {
      cut.examples.add(vertex);
    }
  }

  boolean none() {
    return noted.isEmpty();
  }

  List<Cut> list() {
    List<Cut> cuts = new ArrayList<>();
    noted.forEach((why, cut) -> cuts.add(new Cut(why, cut.distance, cut.vertices, cut.examples)));
    return cuts;
  }
}
