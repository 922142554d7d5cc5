package dev.weir.query.testing;

import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.DefinitionChange;
import dev.weir.store.DefinitionChange.Mode;
import dev.weir.store.SourceDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What changes of the definitions do, as far as tests need it. */
final class SimpleDefinitions {
  private final List<CollectionDefinition> collections;
  private final List<SourceDefinition> sources;
  private int nextId;

  private SimpleDefinitions(Catalogue catalogue) {
    collections = new ArrayList<>(catalogue.collections());
    sources = new ArrayList<>(catalogue.sources());
    nextId = catalogue.nextId();
  }

  /**
   * A decided change.
   *
   * @param catalogue the new definitions, or the old ones if nothing changed
   * @param fault why nothing changed
   */
  record Decision(Catalogue catalogue, Optional<String> fault) {}

  static Decision decide(Catalogue catalogue, List<DefinitionChange> changes) {
    SimpleDefinitions next = new SimpleDefinitions(catalogue);
    for (DefinitionChange change : changes) {
      Optional<String> fault = next.change(change);
      if (fault.isPresent()) {
        return new Decision(catalogue, fault);
      }
    }
    if (next.collections.equals(catalogue.collections())
        && next.sources.equals(catalogue.sources())) {
      return new Decision(catalogue, Optional.empty());
    }
    next.collections.sort(Comparator.comparingInt(CollectionDefinition::id));
    next.sources.sort(Comparator.comparingInt(SourceDefinition::id));
    return new Decision(
        new Catalogue(catalogue.revision() + 1, next.nextId, next.collections, next.sources),
        Optional.empty());
  }

  private Optional<String> change(DefinitionChange change) {
    if (change instanceof DefinitionChange.PutCollection put) {
      return putCollection(put.definition(), put.mode());
    }
    if (change instanceof DefinitionChange.PutSource put) {
      return putSource(put.definition(), put.mode());
    }
    if (change instanceof DefinitionChange.DropCollection drop) {
      if (sources.stream().anyMatch(s -> s.collection().equals(drop.name()))) {
        return Optional.of("collection '" + drop.name() + "' still has a source");
      }
      return collections.removeIf(c -> c.name().equals(drop.name()))
          ? Optional.empty()
          : Optional.of("there is no collection '" + drop.name() + "'");
    }
    String name = ((DefinitionChange.DropSource) change).name();
    return sources.removeIf(s -> s.name().equals(name))
        ? Optional.empty()
        : Optional.of("there is no source '" + name + "'");
  }

  private Optional<String> putCollection(CollectionDefinition wanted, Mode mode) {
    Optional<CollectionDefinition> old =
        collections.stream().filter(c -> c.name().equals(wanted.name())).findFirst();
    if (old.isPresent()
        && (!old.get().keyType().equals(wanted.keyType())
            || !old.get().format().equals(wanted.format()))) {
      return Optional.of("key type and format of '" + wanted.name() + "' cannot change");
    }
    if (old.isEmpty() || mode == Mode.APPLY || wanted.revision() > old.get().revision()) {
      collections.removeIf(c -> c.name().equals(wanted.name()));
      collections.add(
          new CollectionDefinition(
              old.map(CollectionDefinition::id).orElseGet(() -> nextId++),
              wanted.name(),
              wanted.keyType(),
              wanted.format(),
              wanted.writer(),
              wanted.schema(),
              wanted.revision()));
    }
    return Optional.empty();
  }

  private Optional<String> putSource(SourceDefinition wanted, Mode mode) {
    if (collections.stream().noneMatch(c -> c.name().equals(wanted.collection()))) {
      return Optional.of("there is no collection '" + wanted.collection() + "'");
    }
    Optional<SourceDefinition> old =
        sources.stream().filter(s -> s.name().equals(wanted.name())).findFirst();
    if (old.isEmpty() || mode == Mode.APPLY || wanted.revision() > old.get().revision()) {
      sources.removeIf(s -> s.name().equals(wanted.name()));
      sources.add(
          new SourceDefinition(
              old.map(SourceDefinition::id).orElseGet(() -> nextId++),
              wanted.name(),
              wanted.topic(),
              wanted.collection(),
              wanted.mapping(),
              wanted.revision()));
    }
    return Optional.empty();
  }
}
