package dev.weir.store.write;

import dev.weir.store.CollectionDefinition;
import dev.weir.store.Condition;
import dev.weir.store.Key;
import dev.weir.store.Operation.Batch;
import dev.weir.store.Operation.Change;
import dev.weir.store.Operation.Delete;
import dev.weir.store.Operation.Patch;
import dev.weir.store.Operation.Put;
import dev.weir.store.Operation.When;
import dev.weir.store.Outcome;
import dev.weir.store.Version;
import dev.weir.store.write.EdgeTypes.EdgeType;
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
  private final Edges edges;
  private final Vertices vertices;
  private final Changes changes;
  private final Indexes indexes;
  private final Counters counters;

  Documents(
      StateMap state, Definitions definitions, Edges edges, Vertices vertices, Changes changes) {
    this.state = state;
    this.definitions = definitions;
    this.edges = edges;
    this.vertices = vertices;
    this.changes = changes;
    this.indexes = edges.indexes();
    this.counters = new Counters(state);
  }

  /**
   * What a change comes to.
   *
   * @param refusal why it is not made; null = it is, and the rest holds
   * @param collection id of the collection
   * @param key the document's key
   * @param before how it is stored now; null = it is not there
   * @param value its new value; null = it is removed
   */
  private record Decision(
      @Nullable Outcome refusal,
      int collection,
      Key key,
      byte @Nullable [] before,
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
      byte[] place = StateKeys.document(decision.collection(), decision.key().bytes());
      if (refusal == null && !met.add(place)) {
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
    return new Outcome.Batched(made(decisions, version, time));
  }

  // Vertices go first: what a batch writes stays, also if it deletes one of the ends.
  private List<Outcome> made(List<Decision> decisions, Version version, long time) {
    Outcome[] outcomes = new Outcome[decisions.size()];
    for (boolean first : new boolean[] {true, false}) {
      for (int i = 0; i < outcomes.length; i++) {
        Decision decision = decisions.get(i);
        boolean vertexGoes =
            decision.value() == null && definitions.edges().of(decision.collection()) == null;
        if (vertexGoes == first) {
          outcomes[i] = make(decision, version, time);
        }
      }
    }
    return List.of(outcomes);
  }

  private Decision decide(Condition condition, Change change, Writer writer) {
    int id = change.collection();
    CollectionDefinition collection = definitions.collection(id);
    if (collection == null) {
      return rejected(change, Outcome.Reason.UNKNOWN_COLLECTION, "no collection has the id " + id);
    }
    if (writer == Writer.COMMAND && collection.writer() != CollectionDefinition.Writer.API) {
      return refused(change, closed(collection));
    }
    EdgeType type = definitions.edges().of(id);
    if (type != null && !type.keys().fits(change.key())) {
      return rejected(
          change,
          Outcome.Reason.INVALID_VALUE,
          "not a key of '" + collection.name() + "': " + change.key());
    }
    byte[] stored =
        type == null
            ? state.get(StateKeys.document(id, change.key().bytes()))
            : edges.stored(type, change.key());
    if (!(condition instanceof Condition.Always)) {
      Version current = stored == null ? null : StateValues.version(stored);
      if (!condition.holds(current)) {
        return refused(change, new Outcome.ConditionFailed(current));
      }
    }
    if (change instanceof Put put) {
      return new Decision(null, id, change.key(), stored, put.value());
    }
    if (change instanceof Delete) {
      return new Decision(null, id, change.key(), stored, null);
    }
    PatchRules.Result result = PatchRules.decide((Patch) change, collection, stored);
    return result instanceof PatchRules.Merged merged
        ? new Decision(null, id, change.key(), stored, merged.value())
        : refused(change, ((PatchRules.Refused) result).outcome());
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

  private static Decision rejected(Change change, Outcome.Reason reason, String detail) {
    return refused(change, new Outcome.Rejected(reason, detail));
  }

  private static Decision refused(Change change, Outcome refusal) {
    return new Decision(refusal, change.collection(), change.key(), null, null);
  }

  private Outcome make(Decision decision, Version version, long timestamp) {
    if (decision.refusal() != null) {
      return decision.refusal();
    }
    long time = Math.max(0, timestamp);
    EdgeType type = definitions.edges().of(decision.collection());
    if (type == null) {
      makeDocument(decision, version, time);
    } else if (decision.value() == null) {
      edges.remove(type, decision.key(), time);
    } else {
      edges.put(type, decision.key(), decision.value(), version, time);
    }
    boolean existed = decision.before() != null;
    return decision.value() == null
        ? new Outcome.Removed(existed)
        : new Outcome.Stored(version, !existed);
  }

  private void makeDocument(Decision decision, Version version, long time) {
    int collection = decision.collection();
    byte[] stateKey = StateKeys.document(collection, decision.key().bytes());
    byte[] before = decision.before();
    byte[] value = decision.value();
    if (value != null) {
      state.put(stateKey, StateValues.document(version, time, value));
      if (before == null) {
        counters.add(StateKeys.count(collection), 1);
      }
    } else if (before != null) {
      state.delete(stateKey);
      counters.add(StateKeys.count(collection), -1);
    }
    if (value != null || before != null) {
      changes.changed(collection, decision.key(), value, time);
    }
    indexes.changed(collection, decision.key(), before, value);
    vertices.changed(collection, decision.key(), before, value, version, time);
  }
}
