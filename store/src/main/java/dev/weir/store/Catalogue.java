package dev.weir.store;

import java.util.List;
import java.util.Optional;

/**
 * All definitions of an application at one revision; part of every shard's state.
 *
 * @param revision 0 = nothing defined yet; rises by one with every effective change
 * @param nextId the id the next collection, source or index gets
 * @param collections ordered by id
 * @param sources ordered by id
 * @param indexes ordered by id
 */
public record Catalogue(
    int revision,
    int nextId,
    List<CollectionDefinition> collections,
    List<SourceDefinition> sources,
    List<IndexDefinition> indexes) {

  private static final Catalogue EMPTY = new Catalogue(0, 1, List.of(), List.of());

  public Catalogue {
    collections = List.copyOf(collections);
    sources = List.copyOf(sources);
    indexes = List.copyOf(indexes);
  }

  /** Definitions without indexes. */
  public Catalogue(
      int revision,
      int nextId,
      List<CollectionDefinition> collections,
      List<SourceDefinition> sources) {
    this(revision, nextId, collections, sources, List.of());
  }

  /** The catalogue before the first change. */
  public static Catalogue empty() {
    return EMPTY;
  }

  /** The collection of this name. */
  public Optional<CollectionDefinition> collection(String name) {
    return collections.stream().filter(c -> c.name().equals(name)).findFirst();
  }

  /** The collection of this id. */
  public Optional<CollectionDefinition> collection(int id) {
    // On the way of every read and write: no stream.
    for (CollectionDefinition collection : collections) {
      if (collection.id() == id) {
        return Optional.of(collection);
      }
    }
    return Optional.empty();
  }

  /** The source of this name. */
  public Optional<SourceDefinition> source(String name) {
    return sources.stream().filter(s -> s.name().equals(name)).findFirst();
  }

  /** The indexes of a collection, ordered by id. */
  public List<IndexDefinition> indexes(int collection) {
    return indexes.stream().filter(i -> i.collection() == collection).toList();
  }

  /** The index of this name of a collection. */
  public Optional<IndexDefinition> index(int collection, String name) {
    return indexes.stream()
        .filter(i -> i.collection() == collection && i.name().equals(name))
        .findFirst();
  }
}
