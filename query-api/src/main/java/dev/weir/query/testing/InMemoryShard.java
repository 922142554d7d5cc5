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
import dev.weir.store.read.ShardView;
import dev.weir.store.testing.MapState;
import dev.weir.store.write.Fold;
import dev.weir.store.write.FoldEffects;
import dev.weir.store.write.LogEntry;
import dev.weir.store.write.LogFormat;
import dev.weir.store.write.LogRecord;
import dev.weir.store.write.OutboxEntry;
import dev.weir.store.write.OutboxSpan;
import dev.weir.store.write.StateKeys;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
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
  private final MapState state = new MapState(); // under "this"
  private final ShardView view; // under "this"
  private final Fold fold; // under "this"
  private final SchemaCheck schemas;
  private long received; // under "this"
  private boolean moved; // under "this"; something may be there to send
  private FoldEffects.Batch decided = new FoldEffects.Batch(List.of(), false, false, 0); // the same

  /** An empty shard that has nothing to tell others. */
  public InMemoryShard(int shard, Uuid logId, int generation) {
    this(shard, 1, logId, generation);
  }

  /**
   * An empty shard.
   *
   * @param shards number of shards of the database
   */
  public InMemoryShard(int shard, int shards, Uuid logId, int generation) {
    Position start = Position.start(logId, generation);
    this.shard = shard;
    this.generation = generation;
    this.fold = new Fold(shard, shards, state, start);
    this.view = state.view(fold::catalogue, fold::position);
    OpenShards open = new OpenShards(shard + 1);
    open.open(shard, view);
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
    List<FoldEffects.Decision> decisions = decided.decisions();
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

  /** Folds a record of a source, which counts only once, as its origin and offset say. */
  public synchronized void ingest(LogRecord.Ingested record, long timestamp) {
    append(record, timestamp);
  }

  /** Answers a query on the shard's present state. */
  public synchronized <R> ReadResult<R> read(Query<R> query) {
    if (query.collection() != 0 && !view.knows(query.collection())) {
      return new ReadResult.Refused<>(new Refusal.UnknownCollection(query.collection()));
    }
    return LocalReader.evaluate(view, shard, query);
  }

  /** Has what this shard has for others, and for its own next steps, appended; false = nothing. */
  boolean send(IntFunction<InMemoryShard> target) {
    List<Sent> all = outgoing();
    all.forEach(sent -> target.apply(sent.target).take(sent));
    return !all.isEmpty();
  }

  private record Sent(int target, LogRecord record, long timestamp) {}

  private synchronized List<Sent> outgoing() {
    List<Sent> all = new ArrayList<>();
    if (!moved) {
      return all;
    }
    moved = false;
    for (byte[] key : state.keys(StateKeys.outboxSpans(), StateKeys.outboxSpans(), 10_000)) {
      int target = StateKeys.outboxTarget(key);
      OutboxSpan span = OutboxSpan.decode(state.value(key));
      for (long number = span.first(); number <= span.last(); number++) {
        OutboxEntry entry = OutboxEntry.decode(state.value(StateKeys.outbox(target, number)));
        LogRecord record = new LogRecord.Emitted(shard, number, entry.operation());
        all.add(new Sent(target, record, entry.timestamp()));
      }
      if (span.last() >= span.first()) {
        all.add(new Sent(shard, new LogRecord.Trim(target, span.last()), 0));
      }
    }
    for (byte[] key : state.keys(StateKeys.continuations(), StateKeys.continuations(), 10_000)) {
      long step = ByteBuffer.wrap(state.value(key)).getLong();
      all.add(new Sent(shard, new LogRecord.Continue(StateKeys.continuationNumber(key), step), 0));
    }
    return all;
  }

  private synchronized void take(Sent sent) {
    append(sent.record, sent.timestamp);
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
    decided = fold.effects().drain();
    moved |= decided.toSend();
  }
}
