package dev.weir.store.write;

import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.DefinitionChange;
import dev.weir.store.DefinitionChange.DropCollection;
import dev.weir.store.DefinitionChange.DropIndex;
import dev.weir.store.DefinitionChange.DropSource;
import dev.weir.store.DefinitionChange.Mode;
import dev.weir.store.DefinitionChange.PutCollection;
import dev.weir.store.DefinitionChange.PutIndex;
import dev.weir.store.DefinitionChange.PutSource;
import dev.weir.store.DefinitionChecks;
import dev.weir.store.Fault;
import dev.weir.store.IndexDefinition;
import dev.weir.store.SourceDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A catalogue while a list of changes is tried on it. Used once, by one thread. */
final class CatalogueDraft {

  private final Catalogue current;
  private final TreeMap<Integer, CollectionDefinition> collections = new TreeMap<>();
  private final TreeMap<Integer, SourceDefinition> sources = new TreeMap<>();
  private final IndexDraft indexes;
  private final Set<String> puts = new TreeSet<>();
  private final List<String> reasons = new ArrayList<>();
  private int nextId;

  CatalogueDraft(Catalogue current) {
    this.current = current;
    this.nextId = current.nextId();
    current.collections().forEach(c -> collections.put(c.id(), c));
    current.sources().forEach(s -> sources.put(s.id(), s));
    this.indexes = new IndexDraft(current.indexes(), collections, () -> nextId++);
  }

  void apply(DefinitionChange change) {
    if (change instanceof PutCollection put) {
      put(put.definition(), put.mode());
    } else if (change instanceof PutSource put) {
      put(put.definition(), put.mode());
    } else if (change instanceof PutIndex put) {
      indexes.put(put);
    } else if (change instanceof DropIndex drop) {
      indexes.drop(drop);
    } else if (change instanceof DropCollection drop) {
      collection(drop.name())
          .ifPresentOrElse(
              c -> collections.remove(c.id()), () -> missing("collection", drop.name()));
    } else if (change instanceof DropSource drop) {
      source(drop.name())
          .ifPresentOrElse(s -> sources.remove(s.id()), () -> missing("source", drop.name()));
    }
  }

  /** Why the changes cannot hold; empty if they can. */
  List<String> reasons() {
    List<String> all = new ArrayList<>(reasons);
    all.addAll(indexes.reasons());
    new EdgeEnds(current, collections).settle(all);
    if (nextId > DefinitionChecks.MOST_IDS + 1) {
      all.add("all " + DefinitionChecks.MOST_IDS + " ids are used: begin a new application");
    }
    for (SourceDefinition source : sources.values()) {
      Optional<CollectionDefinition> fed = collection(source.collection());
      if (fed.isEmpty() || wasReplaced(source, fed.get())) {
        all.add(orphaned(source));
      } else {
        add(all, named("source", source.name()), DefinitionChecks.feeding(source, fed.get()));
      }
    }
    return all;
  }

  /** The catalogue with the changes; the current one itself if they come to nothing. */
  Catalogue catalogue() {
    List<CollectionDefinition> allCollections = List.copyOf(collections.values());
    List<SourceDefinition> allSources = List.copyOf(sources.values());
    List<IndexDefinition> allIndexes = indexes.all();
    boolean same =
        allCollections.equals(current.collections())
            && allSources.equals(current.sources())
            && allIndexes.equals(current.indexes());
    return same
        ? current
        : new Catalogue(current.revision() + 1, nextId, allCollections, allSources, allIndexes);
  }

  private void put(CollectionDefinition wanted, Mode mode) {
    String name = named(wanted.edge() == null ? "collection" : "edges", wanted.name());
    CollectionDefinition existing = collection(wanted.name()).orElse(null);
    if (!isOnce(name)
        || (existing != null && isIgnored(mode, wanted.revision(), existing.revision()))) {
      return;
    }
    add(reasons, name, DefinitionChecks.of(wanted));
    if (existing == null) {
      int id = nextId++;
      collections.put(id, wanted.numbered(id, Math.max(1, wanted.revision())));
      return;
    }
    CollectionDefinition next = EdgeEnds.kept(wanted, existing);
    EdgeEnds.fixed(next, existing).forEach(f -> fixed(name, f.what(), f.existing(), f.wanted()));
    if (!next.format().equals(existing.format())) {
      fixed(name, "value", existing.format(), next.format());
    }
    boolean same = next.numbered(existing.id(), existing.revision()).equals(existing);
    int revision = revision(name, next.revision(), existing.revision(), same);
    collections.put(existing.id(), next.numbered(existing.id(), revision));
  }

  private void put(SourceDefinition wanted, Mode mode) {
    String name = named("source", wanted.name());
    SourceDefinition existing = source(wanted.name()).orElse(null);
    if (!isOnce(name)
        || (existing != null && isIgnored(mode, wanted.revision(), existing.revision()))) {
      return;
    }
    add(reasons, name, DefinitionChecks.of(wanted));
    if (existing == null) {
      int id = nextId++;
      sources.put(id, numbered(wanted, id, Math.max(1, wanted.revision())));
      return;
    }
    boolean same = numbered(wanted, existing.id(), existing.revision()).equals(existing);
    int revision = revision(name, wanted.revision(), existing.revision(), same);
    sources.put(existing.id(), numbered(wanted, existing.id(), revision));
  }

  private static boolean isIgnored(Mode mode, int wanted, int existing) {
    return mode == Mode.SEED && wanted <= existing;
  }

  private int revision(String name, int wanted, int existing, boolean same) {
    if (same || wanted > existing) {
      return Math.max(wanted, existing);
    }
    if (existing == Integer.MAX_VALUE) {
      reasons.add(name + ": no revision is left: drop it and add it anew");
      return existing;
    }
    return existing + 1;
  }

  private boolean isOnce(String name) {
    boolean once = puts.add(name);
    if (!once) {
      reasons.add(name + ": defined twice in one list: define it once");
    }
    return once;
  }

  /** Whether the collection that the source was set up for has gone and another has its name. */
  private boolean wasReplaced(SourceDefinition source, CollectionDefinition fed) {
    boolean kept =
        current.sources().stream()
            .anyMatch(s -> s.id() == source.id() && s.collection().equals(source.collection()));
    return kept
        && current.collection(source.collection()).stream().anyMatch(c -> c.id() != fed.id());
  }

  private String orphaned(SourceDefinition source) {
    return current.collection(source.collection()).isPresent()
        ? named("collection", source.collection())
            + ": source '"
            + source.name()
            + "' still feeds it: drop the source in the same list"
        : named("source", source.name())
            + ": there is no collection '"
            + source.collection()
            + "': add it before or with the source";
  }

  private void missing(String kind, String name) {
    reasons.add(named(kind, name) + ": there is none to drop: check the name");
  }

  private void fixed(String name, String what, String existing, String wanted) {
    reasons.add(
        name
            + ": its "
            + what
            + " is "
            + existing
            + " for life, not "
            + wanted
            + ": drop the collection and add it anew");
  }

  private static void add(List<String> reasons, String name, List<Fault> faults) {
    faults.forEach(fault -> reasons.add(name + ": " + fault));
  }

  static String named(String kind, String name) {
    return kind + " '" + name + "'";
  }

  private Optional<CollectionDefinition> collection(String name) {
    return collections.values().stream().filter(c -> c.name().equals(name)).findFirst();
  }

  private Optional<SourceDefinition> source(String name) {
    return sources.values().stream().filter(s -> s.name().equals(name)).findFirst();
  }

  private static SourceDefinition numbered(SourceDefinition s, int id, int revision) {
    return new SourceDefinition(id, s.name(), s.topic(), s.collection(), s.mapping(), revision);
  }
}
