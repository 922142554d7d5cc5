package dev.weir.store.write;

import dev.weir.store.CollectionDefinition;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Version;
import java.util.Optional;

/** The documents of all collections, and their counts. */
final class Documents {

  /** On whose behalf a document changes. */
  enum Writer {
    /** A user of the API. */
    COMMAND,
    /** A source, directly or through another shard. */
    SOURCE
  }

  private final StateMap state;
  private final Definitions definitions;

  Documents(StateMap state, Definitions definitions) {
    this.state = state;
    this.definitions = definitions;
  }

  Outcome put(Operation.Put put, LogEntry entry, int generation, Writer writer) {
    Optional<Outcome> refusal = refuse(put.collection(), writer);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    byte[] key = StateKeys.document(put.collection(), put.key().bytes());
    boolean created = state.get(key) == null;
    Version version = new Version(generation, entry.offset());
    state.put(key, StateValues.document(version, Math.max(0, entry.timestamp()), put.value()));
    if (created) {
      count(put.collection(), 1);
    }
    return new Outcome.Stored(version, created);
  }

  Outcome delete(Operation.Delete delete, Writer writer) {
    Optional<Outcome> refusal = refuse(delete.collection(), writer);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    byte[] key = StateKeys.document(delete.collection(), delete.key().bytes());
    boolean existed = state.get(key) != null;
    if (existed) {
      state.delete(key);
      count(delete.collection(), -1);
    }
    return new Outcome.Removed(existed);
  }

  private Optional<Outcome> refuse(int id, Writer writer) {
    CollectionDefinition collection = definitions.collection(id);
    if (collection == null) {
      return Optional.of(
          new Outcome.Rejected(
              Outcome.Reason.UNKNOWN_COLLECTION, "no collection has the id " + id));
    }
    if (writer == Writer.COMMAND && collection.writer() == CollectionDefinition.Writer.SOURCE) {
      return Optional.of(
          new Outcome.Rejected(
              Outcome.Reason.WRITER_IS_SOURCE,
              "the documents of '"
                  + collection.name()
                  + "' come from its source: write to the source's topic, or declare the"
                  + " collection with writer: api"));
    }
    return Optional.empty();
  }

  private void count(int collection, int change) {
    byte[] key = StateKeys.count(collection);
    state.put(key, StateValues.number(StateValues.number(state.get(key), 0) + change));
  }
}
