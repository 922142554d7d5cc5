package dev.weir.store;

import java.util.List;
import java.util.Optional;

/**
 * All definitions of an application at one revision; part of every shard's state.
 *
 * @param revision 0 = nothing defined yet; rises by one with every effective change
 * @param nextId the id the next collection or source gets
 * @param collections ordered by id
 * @param sources ordered by id
 */
public record Catalogue(
    int revision,
    int nextId,
    List<CollectionDefinition> collections,
    List<SourceDefinition> sources) {

  private static final Catalogue EMPTY = new Catalogue(0, 1, List.of(), List.of());

  public Catalogue {
    collections = List.copyOf(collections);
    sources = List.copyOf(sources);
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
}
