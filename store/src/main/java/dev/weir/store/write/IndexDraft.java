package dev.weir.store.write;

import static dev.weir.store.write.CatalogueDraft.named;

import dev.weir.store.CollectionDefinition;
import dev.weir.store.DefinitionChange.DropIndex;
import dev.weir.store.DefinitionChange.Mode;
import dev.weir.store.DefinitionChange.PutIndex;
import dev.weir.store.Fault;
import dev.weir.store.IndexChecks;
import dev.weir.store.IndexDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** The indexes of a draft. Used once, by one thread. */
final class IndexDraft {
  private final SortedMap<Integer, CollectionDefinition> collections;
  private final IntSupplier ids;
  private final TreeMap<Integer, IndexDefinition> indexes = new TreeMap<>();
  private final Set<String> puts = new TreeSet<>();
  private final List<String> reasons = new ArrayList<>();

  /**
   * A draft with the indexes there are.
   *
   * @param collections those of the draft, by id, as changes come
   * @param ids gives the next id away
   */
  IndexDraft(
      List<IndexDefinition> current,
      SortedMap<Integer, CollectionDefinition> collections,
      IntSupplier ids) {
    this.collections = collections;
    this.ids = ids;
    current.forEach(index -> indexes.put(index.id(), index));
  }

  void put(PutIndex put) {
    IndexDefinition wanted = put.definition();
    String name = named("index", put.collection() + "." + wanted.name());
    CollectionDefinition collection = collection(put.collection());
    if (!puts.add(name)) {
      reasons.add(name + ": defined twice in one list: define it once");
      return;
    }
    if (collection == null) {
      reasons.add(
          name
              + ": there is no collection '"
              + put.collection()
              + "': add it before or with the index");
      return;
    }
    IndexDefinition existing = find(collection.id(), wanted.name()).orElse(null);
    if (existing != null) {
      if (put.mode() == Mode.APPLY && !existing.isLike(wanted)) {
        reasons.add(
            name
                + ": an index never changes: drop it in the same list, or give the new one"
                + " another name");
      }
      return;
    }
    add(name, IndexChecks.of(wanted));
    add(name, IndexChecks.on(collection));
    if (of(collection.id()).size() >= IndexDefinition.MOST_INDEXES) {
      reasons.add(
          name
              + ": '"
              + collection.name()
              + "' has "
              + IndexDefinition.MOST_INDEXES
              + " indexes already, which is the most: drop one of them");
    }
    int id = ids.getAsInt();
    indexes.put(id, wanted.numbered(id, collection.id()));
  }

  void drop(DropIndex drop) {
    CollectionDefinition collection = collection(drop.collection());
    Optional<IndexDefinition> found =
        collection == null ? Optional.empty() : find(collection.id(), drop.name());
    found.ifPresentOrElse(
        index -> indexes.remove(index.id()),
        () ->
            reasons.add(
                named("index", drop.collection() + "." + drop.name())
                    + ": there is none to drop: check the name"));
  }

  /** Why the indexes cannot stand; empty if they can. */
  List<String> reasons() {
    return reasons;
  }

  /** All indexes of collections that are there, by rising ids. */
  List<IndexDefinition> all() {
    return indexes.values().stream().filter(i -> collections.containsKey(i.collection())).toList();
  }

  private List<IndexDefinition> of(int collection) {
    return indexes.values().stream().filter(i -> i.collection() == collection).toList();
  }

  private Optional<IndexDefinition> find(int collection, String name) {
    return of(collection).stream().filter(i -> i.name().equals(name)).findFirst();
  }

  private @Nullable CollectionDefinition collection(String name) {
    for (CollectionDefinition collection : collections.values()) {
      if (collection.name().equals(name)) {
        return collection;
      }
    }
    return null;
  }

  private void add(String name, List<Fault> faults) {
    faults.forEach(fault -> reasons.add(name + ": " + fault));
  }
}
