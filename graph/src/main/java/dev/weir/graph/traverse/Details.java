package dev.weir.graph.traverse;

import dev.weir.store.GraphQuery.Wanted;
import java.util.List;

/**
 * What an answer says of vertices and edges besides their keys.
 *
 * @param documents how much of the vertices' documents
 * @param fields paths of the fields that are wanted of a document; empty = all
 * @param edgeValues whether the edges' values are answered
 */
public record Details(Wanted documents, List<String> fields, boolean edgeValues) {
  /** Keys only. */
  public static final Details KEYS = new Details(Wanted.NOTHING, List.of(), false);

  public Details {
    fields = List.copyOf(fields);
  }
}
