package dev.weir.graph.traverse;

import dev.weir.store.Document;
import java.util.List;
import java.util.Optional;

/**
 * The vertices that a walk reached, each once.
 *
 * @param reached nearest first, the start before all
 * @param arcs the edges between them that were met, each once; empty if they were not asked for
 */
public record Neighbourhood(List<Reached> reached, List<Arc> arcs) {
  public Neighbourhood {
    reached = List.copyOf(reached);
    arcs = List.copyOf(arcs);
  }

  /**
   * A vertex that was reached.
   *
   * @param vertex which
   * @param distance hops of the shortest way to it that the walk may take; 0 = the start
   * @param document as far as it was wanted; empty = it was not, or does not exist
   */
  public record Reached(VertexId vertex, int distance, Optional<Document> document) {}
}
