package dev.weir.store.write;

import dev.weir.store.Catalogue;
import dev.weir.store.CatalogueJson;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.DefinitionChange;
import dev.weir.store.IndexDefinition;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.SourceDefinition;
import dev.weir.store.UnreadableDefinitionsException;
import dev.weir.store.Version;
import dev.weir.store.index.CollectionIndexes;
import dev.weir.store.write.EdgeTypes.EdgeType;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The definitions that steer the fold. Shard 0 decides changes and sends the new catalogue to every
 * other shard, which takes it over at the place in its own log where it arrives.
 */
final class Definitions {
  private final int shard;
  private final int shards;
  private final StateMap state;
  private final Outbox outbox;
  private final Continuations continuations;
  private final FoldEffects effects;
  private Catalogue catalogue;
  private @Nullable CollectionDefinition[] byId;
  private BitSet sources;
  private EdgeTypes edges;
  private @Nullable CollectionIndexes[] indexes;

  Definitions(
      int shard,
      int shards,
      StateMap state,
      Outbox outbox,
      Continuations continuations,
      FoldEffects effects) {
    this.shard = shard;
    this.shards = shards;
    this.state = state;
    this.outbox = outbox;
    this.continuations = continuations;
    this.effects = effects;
    byte[] stored = state.get(StateKeys.catalogue());
    this.catalogue = stored == null ? Catalogue.empty() : read(stored);
    this.byId = index(catalogue);
    this.sources = sources(catalogue);
    this.edges = EdgeTypes.of(catalogue);
    this.indexes = CollectionIndexes.of(catalogue);
  }

  Catalogue catalogue() {
    return catalogue;
  }

  /** The collection of an id, or null. */
  @Nullable CollectionDefinition collection(int id) {
    return id > 0 && id < byId.length ? byId[id] : null;
  }

  /** The edge types in force. */
  EdgeTypes edges() {
    return edges;
  }

  /** The indexes of a collection; null = it has none. */
  @Nullable CollectionIndexes indexes(int collection) {
    return collection > 0 && collection < indexes.length ? indexes[collection] : null;
  }

  /** The index of an id, or null. */
  @Nullable IndexDefinition index(int id) {
    return catalogue.indexes().stream().filter(i -> i.id() == id).findFirst().orElse(null);
  }

  /** Whether there is a source of an id. */
  boolean hasSource(int id) {
    return id > 0 && sources.get(id);
  }

  Outcome define(List<DefinitionChange> changes, Version at, long timestamp) {
    if (shard != 0) {
      return new Outcome.Rejected(
          Outcome.Reason.INVALID_DEFINITION, "definitions are decided by shard 0, not " + shard);
    }
    DefinitionRules.Decision decision = DefinitionRules.decide(catalogue, changes);
    if (decision instanceof DefinitionRules.Rejected rejected) {
      return new Outcome.Rejected(Outcome.Reason.INVALID_DEFINITION, rejected.detail());
    }
    Catalogue decided = ((DefinitionRules.Accepted) decision).catalogue();
    if (decided.revision() > catalogue.revision()) {
      replace(decided, at);
      for (int other = 1; other < shards; other++) {
        outbox.emit(other, new Operation.Adopt(decided), timestamp);
      }
    }
    return new Outcome.Defined(catalogue.revision());
  }

  /**
   * Takes over what shard 0 has decided.
   *
   * @param at the record that says so
   */
  Outcome adopt(Catalogue decided, Version at) {
    if (decided.revision() > catalogue.revision()) {
      replace(decided, at);
    }
    return new Outcome.Defined(catalogue.revision());
  }

  private void replace(Catalogue next, Version at) {
    keepChanges(next, at);
    for (CollectionDefinition old : catalogue.collections()) {
      if (next.collection(old.id()).isEmpty()) {
        state.delete(StateKeys.count(old.id()));
        continuations.removeAll(StateKeys.documents(old.id()));
        if (edges.of(old.id()) != null) {
          continuations.removeAll(StateKeys.incoming(old.id()));
          continuations.removeAll(StateKeys.degrees(old.id()));
          continuations.removeAll(StateKeys.hidden(old.id()));
        }
      }
    }
    for (SourceDefinition old : catalogue.sources()) {
      if (next.sources().stream().noneMatch(s -> s.id() == old.id())) {
        continuations.removeAll(StateKeys.tracked(old.id()));
        continuations.removeAll(StateKeys.watermarks(old.id()));
      }
    }
    replaceIndexes(next);
    catalogue = next;
    indexes = CollectionIndexes.of(next);
    byId = index(next);
    sources = sources(next);
    EdgeTypes before = edges;
    edges = EdgeTypes.of(next);
    for (CollectionDefinition each : next.collections()) {
      EdgeType type = edges.of(each.id());
      if (type != null && type.isOfField() && before.of(each.id()) == null) {
        continuations.start(FieldEdges.backfill(type));
      }
    }
    state.put(StateKeys.catalogue(), CatalogueJson.write(next));
    effects.definitionsChanged();
  }

  private void keepChanges(Catalogue next, Version at) {
    for (CollectionDefinition old : catalogue.collections()) {
      int later = next.collection(old.id()).map(CollectionDefinition::changes).orElse(0);
      byte[] kept = state.get(StateKeys.changesKept(old.id()));
      if (later == 0 && kept != null) {
        state.delete(StateKeys.changesKept(old.id()));
        continuations.removeAll(StateKeys.changes(old.id(), KeptChanges.decode(kept).since()));
      }
    }
    for (CollectionDefinition each : next.collections()) {
      byte[] key = StateKeys.changesKept(each.id());
      if (each.changes() > 0 && state.get(key) == null) {
        state.put(key, KeptChanges.beginning(at).encode());
      }
    }
  }

  private void replaceIndexes(Catalogue next) {
    for (IndexDefinition old : catalogue.indexes()) {
      if (!next.indexes().contains(old)) {
        state.delete(StateKeys.indexState(old.id()));
        continuations.removeAll(StateKeys.index(old.id()));
      }
    }
    for (IndexDefinition index : next.indexes()) {
      if (catalogue.indexes().contains(index)) {
        continue;
      }
      boolean built = StateValues.number(state.get(StateKeys.count(index.collection())), 0) == 0;
      state.put(StateKeys.indexState(index.id()), new IndexState(built, 0).bytes());
      if (!built) {
        continuations.start(Indexes.backfill(index));
      }
    }
  }

  private static Catalogue read(byte[] stored) {
    try {
      return CatalogueJson.readCatalogue(stored);
    } catch (UnreadableDefinitionsException e) {
      throw new IllegalStateException(
          "the definitions in the state cannot be read: " + e.getMessage(), e);
    }
  }

  private static @Nullable CollectionDefinition[] index(Catalogue catalogue) {
    @Nullable CollectionDefinition[] byId = new CollectionDefinition[catalogue.nextId()];
    catalogue.collections().forEach(c -> byId[c.id()] = c);
    return byId;
  }

  private static BitSet sources(Catalogue catalogue) {
    BitSet ids = new BitSet();
    catalogue.sources().forEach(source -> ids.set(source.id()));
    return ids;
  }
}
