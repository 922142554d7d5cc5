package dev.weir.graph.traverse;

import java.util.List;

/**
 * A way from one vertex to another.
 *
 * @param vertices from the first to the last; one if they are the same
 * @param arcs between each two of them, in this order; one fewer
 * @param length how many edges, or the sum of their weights
 */
public record Path(List<VertexId> vertices, List<Arc> arcs, double length) {
  public Path {
    vertices = List.copyOf(vertices);
    arcs = List.copyOf(arcs);
  }
}
