package dev.weir.query.testing;

import dev.weir.store.Catalogue;
import dev.weir.store.Key;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Position;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.Refusal;
import dev.weir.store.Version;
import dev.weir.store.command.SchemaCheck;
import dev.weir.store.read.LocalReader;
import dev.weir.store.read.OpenShards;
import dev.weir.store.write.Fold;
import dev.weir.store.write.FoldEffects;
import dev.weir.store.write.LogEntry;
import dev.weir.store.write.LogFormat;
import dev.weir.store.write.LogRecord;
import dev.weir.store.write.StateKeys;
import java.util.List;
import org.apache.kafka.common.Uuid;

/**
 * One shard in memory, with the fold of the real one: every operation is decided at once and counts
 * as one record of its log. Safe from any thread.
 */
public final class InMemoryShard {
  /** As if another shard sent what sources bring. */
  private static final int SENDER = 1_000_000;

  private final int shard;
  private final int generation;
  private final MemoryState state; // under "this"
  private final Fold fold; // under "this"
  private final SchemaCheck schemas;
  private long received; // under "this"

  /**
   * An empty shard.
   *
   * @param shards number of shards of the database
   */
  public InMemoryShard(int shard, int shards, Uuid logId, int generation) {
    Position start = Position.start(logId, generation);
    this.shard = shard;
    this.generation = generation;
    this.state = new MemoryState(start);
    this.fold = new Fold(shard, shards, state, start);
    OpenShards open = new OpenShards(shard + 1);
    open.open(shard, state);
    this.schemas = new SchemaCheck(open);
  }

  public synchronized Position position() {
    return fold.position();
  }

  public synchronized Catalogue catalogue() {
    return fold.catalogue();
  }

  /** Decides an API command, with the policy on writers. */
  public synchronized Outcome submit(Operation operation, long timestamp) {
    long number = fold.position().offset() + 1;
    append(
        new LogRecord.Command(
            new LogRecord.CommandId(0, number), schemas.checked(shard, operation)),
        timestamp);
    List<FoldEffects.Decision> decisions = fold.effects().drain().decisions();
    return decisions.get(decisions.size() - 1).outcome();
  }

  /** Decides an operation as if a source had brought it. */
  public synchronized Outcome fold(Operation operation, long timestamp) {
    if (operation instanceof Operation.Define) {
      return submit(operation, timestamp);
    }
    boolean existed =
        operation instanceof Operation.Change change && holds(change.collection(), change.key());
    append(new LogRecord.Emitted(SENDER, ++received, operation), timestamp);
    if (operation instanceof Operation.Adopt) {
      return new Outcome.Defined(catalogue().revision());
    }
    if (operation instanceof Operation.Change change
        && catalogue().collection(change.collection()).isEmpty()) {
      return new Outcome.Rejected(Outcome.Reason.UNKNOWN_COLLECTION, "no such collection");
    }
    return operation instanceof Operation.Delete
        ? new Outcome.Removed(existed)
        : new Outcome.Stored(new Version(generation, position().offset()), !existed);
  }

  /** Answers a query on the shard's present state. */
  public synchronized <R> ReadResult<R> read(Query<R> query) {
    if (!state.knows(query.collection())) {
      return new ReadResult.Refused<>(new Refusal.UnknownCollection(query.collection()));
    }
    return LocalReader.evaluate(state, shard, query);
  }

  private boolean holds(int collection, Key key) {
    return state.get(StateKeys.document(collection, key.bytes())) != null;
  }

  private void append(LogRecord record, long timestamp) {
    fold.fold(
        new LogEntry(
            fold.position().offset() + 1,
            0,
            timestamp,
            LogFormat.key(record),
            LogFormat.value(record, generation)));
    state.applied(fold.position(), fold.catalogue());
  }
}
