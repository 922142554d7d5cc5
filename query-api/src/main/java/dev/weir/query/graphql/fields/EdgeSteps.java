package dev.weir.query.graphql.fields;

import dev.weir.graph.Direction;
import dev.weir.query.graphql.InputFault;
import dev.weir.query.graphql.types.CollectionModel;
import dev.weir.store.Filter;
import dev.weir.store.GraphQuery.Side;
import graphql.schema.DataFetchingEnvironment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Reads which edges may be followed, from the argument {@code along}. Safe from any thread. */
final class EdgeSteps {
  static final String ALONG = "along";
  static final String EDGES = "edges";
  static final String SIDE = "side";
  private static final int MOST = 16;

  private final Map<String, EdgeModel> edges = new LinkedHashMap<>();
  private final Map<String, CollectionModel> collections = new LinkedHashMap<>();

  EdgeSteps(Iterable<EdgeModel> edges, Iterable<CollectionModel> collections) {
    edges.forEach(edge -> this.edges.put(edge.edges().definition().name(), edge));
    collections.forEach(c -> this.collections.put(c.definition().name(), c));
  }

  /** Edges of a type that may be followed in a direction. */
  record Step(EdgeModel edge, Direction direction, @Nullable Filter where) {

    /** On which sides of them a vertex may be. */
    List<Side> sides() {
      return switch (direction) {
        case OUT -> List.of(Side.OUT);
        case IN -> List.of(Side.IN);
        case BOTH -> List.of(Side.OUT, Side.IN);
      };
    }
  }

  /** What a field may follow. */
  List<Step> read(DataFetchingEnvironment field) throws InputFault {
    List<Map<String, Object>> given = field.getArgumentOrDefault(ALONG, List.of());
    if (given.isEmpty() || given.size() > MOST) {
      throw new InputFault("'" + ALONG + "' names 1 to " + MOST + " edge types.");
    }
    List<Step> steps = new ArrayList<>();
    for (Map<String, Object> entry : given) {
      String name = String.valueOf(entry.get(EDGES));
      EdgeModel edge = edges.get(name);
      if (edge == null) {
        throw InputFault.unknown("edge type", name, edges.keySet());
      }
      Direction direction = entry.get(SIDE) instanceof Direction wanted ? wanted : Direction.OUT;
      steps.add(
          new Step(
              edge,
              direction,
              LinkArguments.json(
                  entry.get(LinkArguments.WHERE), LinkArguments.WHERE, edge.edges())));
    }
    return steps;
  }

  /** The collection of a name. */
  CollectionModel collection(String name) throws InputFault {
    CollectionModel collection = collections.get(name);
    if (collection == null) {
      throw InputFault.unknown("collection", name, collections.keySet());
    }
    return collection;
  }

  /** The collection of an id that a walk has met. */
  CollectionModel collection(int id) {
    return collections.values().stream()
        .filter(collection -> collection.id() == id)
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("collection " + id));
  }

  /** The edge type of an id that a walk has met. */
  EdgeModel edge(int id) {
    return edges.values().stream()
        .filter(edge -> edge.edges().id() == id)
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("edge type " + id));
  }
}
