package dev.weir.query.graphql.fields;

import dev.weir.query.graphql.types.CollectionModel;
import dev.weir.store.Key;
import java.util.List;

/**
 * The vertices that were reached from one.
 *
 * @param vertices nearest first, each once, without the one where it began
 * @param cut whether there may be more
 */
record Reached(List<Found> vertices, boolean cut) {
  Reached {
    vertices = List.copyOf(vertices);
  }

  /** A vertex, be it there or not. */
  record Place(CollectionModel collection, Key key) {}

  /** A vertex and how many edges lead to it at least. */
  record Found(Place place, int distance) {}
}
