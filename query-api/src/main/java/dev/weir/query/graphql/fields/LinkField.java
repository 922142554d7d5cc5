package dev.weir.query.graphql.fields;

import dev.weir.query.graphql.types.CollectionNames;
import dev.weir.store.CollectionDefinition.Edge;
import dev.weir.store.GraphQuery.Side;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A field of a vertex type that follows its edges.
 *
 * <p>The edges {@code works-at} from {@code person} are {@code worksAt} where they begin. Where
 * they end they have the name of the definition's inverse, and without one {@code
 * worksAtFromPerson}. A name that is taken gets the number of the edge type behind it, as those of
 * collections do.
 *
 * @param edge what it follows
 * @param side on which side of them the vertex is
 * @param name of the field
 */
record LinkField(EdgeModel edge, Side side, String name) {
  private static final Set<String> RESERVED =
      Set.of(
          "id",
          "key",
          "version",
          "timestamp",
          "json",
          "document",
          "from",
          "to",
          "reach",
          "shortestPath");

  /** The fields of each collection, by its id, in the order of the edge types. */
  static Map<Integer, List<LinkField>> of(List<EdgeModel> edges) {
    Map<Integer, Set<String>> taken = new HashMap<>();
    Map<Integer, List<LinkField>> fields = new LinkedHashMap<>();
    for (EdgeModel edge : edges) {
      for (Side side : List.of(Side.OUT, Side.IN)) {
        int vertices = edge.vertices(side).id();
        String wanted = side == Side.OUT ? edge.edges().names().base() : inverse(edge);
        boolean free = taken.computeIfAbsent(vertices, id -> new HashSet<>(RESERVED)).add(wanted);
        String name = free ? wanted : wanted + "_" + edge.edges().id();
        Objects.requireNonNull(taken.get(vertices)).add(name);
        fields
            .computeIfAbsent(vertices, id -> new ArrayList<>())
            .add(new LinkField(edge, side, name));
      }
    }
    return fields;
  }

  private static String inverse(EdgeModel model) {
    Edge edge = Objects.requireNonNull(model.edges().definition().edge());
    return edge.inverse() == null
        ? model.edges().names().base() + "From" + model.from().names().typeBase()
        : CollectionNames.camelCase(edge.inverse());
  }
}
