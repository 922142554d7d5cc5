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
import dev.weir.store.write.OutboxEntry;
import dev.weir.store.write.OutboxSpan;
import dev.weir.store.write.StateKeys;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private final Map<Integer, Long> sent = new HashMap<>(); // under "this"
  private long received; // under "this"

  /** The only shard of its database. */
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

  /** What the shard has for another one and has not given out yet, in order. */
  synchronized List<LogRecord> outgoing(int target) {
    List<LogRecord> records = new ArrayList<>();
    byte[] stored = state.get(StateKeys.outboxSpan(target));
    if (stored != null) {
      OutboxSpan span = OutboxSpan.decode(stored);
      for (long number = sent.getOrDefault(target, 0L) + 1; number <= span.last(); number++) {
        byte[] entry = state.get(StateKeys.outbox(target, number));
        records.add(
            new LogRecord.Emitted(
                shard, number, OutboxEntry.decode(Objects.requireNonNull(entry)).operation()));
      }
      sent.put(target, span.last());
    }
    return records;
  }

  /** Takes what another shard has for this one. */
  synchronized void incoming(List<LogRecord> records, long timestamp) {
    records.forEach(record -> append(record, timestamp));
  }

  /** Carries long work on by a step; false = there is none. */
  synchronized boolean carryOn(long timestamp) {
    List<byte[]> open = state.keys(StateKeys.continuations(), 1000);
    for (byte[] key : open) {
      long step = ByteBuffer.wrap(Objects.requireNonNull(state.get(key))).getLong();
      append(new LogRecord.Continue(StateKeys.continuationNumber(key), step), timestamp);
    }
    return !open.isEmpty();
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
