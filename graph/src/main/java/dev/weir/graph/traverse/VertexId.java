package dev.weir.graph.traverse;

import dev.weir.store.Key;

/**
 * Which vertex: a document of a collection, be it there or not.
 *
 * @param collection id of the collection
 * @param key of the document
 */
public record VertexId(int collection, Key key) implements Comparable<VertexId> {
  @Override
  public int compareTo(VertexId other) {
    int byCollection = Integer.compare(collection, other.collection);
    return byCollection != 0 ? byCollection : key.compareTo(other.key);
  }
}
