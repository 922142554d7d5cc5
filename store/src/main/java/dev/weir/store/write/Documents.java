package dev.weir.store.write;

import dev.weir.store.CollectionDefinition;
import dev.weir.store.Condition;
import dev.weir.store.EdgeKeys;
import dev.weir.store.Operation.Batch;
import dev.weir.store.Operation.Change;
import dev.weir.store.Operation.Delete;
import dev.weir.store.Operation.Patch;
import dev.weir.store.Operation.Put;
import dev.weir.store.Operation.When;
import dev.weir.store.Outcome;
import dev.weir.store.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The documents of all collections, and their counts. A change is first decided, which touches
 * nothing, and then made.
 */
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

  /**
   * What a change comes to.
   *
   * @param refusal why it is not made; null = it is, and the rest holds
   * @param collection id of the collection
   * @param stateKey where the document is
   * @param existed whether it is there
   * @param value its new value; null = it is removed
   */
  private record Decision(
      @Nullable Outcome refusal,
      int collection,
      byte[] stateKey,
      boolean existed,
      byte @Nullable [] value) {}

  Outcome change(Condition condition, Change change, Writer writer, Version version, long time) {
    return make(decide(condition, change, writer), version, time);
  }

  /** Makes all changes of a batch, or none. */
  Outcome batch(Batch batch, Writer writer, Version version, long time) {
    List<Decision> decisions = new ArrayList<>(batch.changes().size());
    TreeSet<byte[]> met = new TreeSet<>(Arrays::compareUnsigned);
    for (When when : batch.changes()) {
      Decision decision = decide(when.condition(), when.change(), writer);
      Outcome refusal = decision.refusal();
      if (refusal == null && !met.add(decision.stateKey())) {
        refusal =
            new Outcome.Rejected(
                Outcome.Reason.INVALID_BATCH,
                "a document is in the batch twice: make one change of them");
      }
      if (refusal instanceof Outcome.Superseded) {
        return refusal;
      }
      if (refusal != null) {
        return new Outcome.BatchRefused(decisions.size(), refusal);
      }
      decisions.add(decision);
    }
    return new Outcome.Batched(
        decisions.stream().map(decision -> make(decision, version, time)).toList());
  }

  private Decision decide(Condition condition, Change change, Writer writer) {
    int id = change.collection();
    byte[] stateKey = StateKeys.document(id, change.key().bytes());
    CollectionDefinition collection = definitions.collection(id);
    if (collection == null) {
      return refused(
          stateKey,
          new Outcome.Rejected(
              Outcome.Reason.UNKNOWN_COLLECTION, "no collection has the id " + id));
    }
    if (collection.edge() != null && !EdgeKeys.of(collection).fits(change.key())) {
      return refused(
          stateKey,
          new Outcome.Rejected(
              Outcome.Reason.INVALID_VALUE,
              "not a key of '" + collection.name() + "': " + change.key()));
    }
    if (writer == Writer.COMMAND && collection.writer() != CollectionDefinition.Writer.API) {
      return refused(stateKey, closed(collection));
    }
    byte[] stored = state.get(stateKey);
    if (!(condition instanceof Condition.Always)) {
      Version current = stored == null ? null : StateValues.version(stored);
      if (!condition.holds(current)) {
        return refused(stateKey, new Outcome.ConditionFailed(current));
      }
    }
    if (change instanceof Put put) {
      return new Decision(null, id, stateKey, stored != null, put.value());
    }
    if (change instanceof Delete) {
      return new Decision(null, id, stateKey, stored != null, null);
    }
    PatchRules.Result result = PatchRules.decide((Patch) change, collection, stored);
    return result instanceof PatchRules.Merged merged
        ? new Decision(null, id, stateKey, true, merged.value())
        : refused(stateKey, ((PatchRules.Refused) result).outcome());
  }

  private static Outcome closed(CollectionDefinition collection) {
    CollectionDefinition.Edge edge = collection.edge();
    return new Outcome.Rejected(
        Outcome.Reason.WRITER_IS_SOURCE,
        edge != null && collection.writer() == CollectionDefinition.Writer.FIELD
            ? "the edges '"
                + collection.name()
                + "' come from a field of the documents of '"
                + edge.from()
                + "': write those, or declare edges without a field"
            : "the documents of '"
                + collection.name()
                + "' come from its source: write to the source's topic, or declare the"
                + " collection with writer: api");
  }

  private static Decision refused(byte[] stateKey, Outcome refusal) {
    return new Decision(refusal, 0, stateKey, false, null);
  }

  private Outcome make(Decision decision, Version version, long time) {
    Outcome refusal = decision.refusal();
    if (refusal != null) {
      return refusal;
    }
    byte[] value = decision.value();
    if (value != null) {
      state.put(decision.stateKey(), StateValues.document(version, Math.max(0, time), value));
      if (!decision.existed()) {
        count(decision.collection(), 1);
      }
      return new Outcome.Stored(version, !decision.existed());
    }
    if (decision.existed()) {
      state.delete(decision.stateKey());
      count(decision.collection(), -1);
    }
    return new Outcome.Removed(decision.existed());
  }

  private void count(int collection, int change) {
    byte[] key = StateKeys.count(collection);
    state.put(key, StateValues.number(StateValues.number(state.get(key), 0) + change));
  }
}
