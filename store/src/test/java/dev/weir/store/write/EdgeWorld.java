package dev.weir.store.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Edge;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.DefinitionChange;
import dev.weir.store.DefinitionChange.Mode;
import dev.weir.store.EdgeKeys;
import dev.weir.store.FieldReference;
import dev.weir.store.IndexDefinition;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.Key;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Position;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.ShardMap;
import dev.weir.store.read.LocalReader;
import dev.weir.store.read.ShardView;
import dev.weir.store.testing.MapState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * Several shards without Kafka and threads: logs in lists, outboxes and continuations that are
 * carried on only when somebody says so, and every record sent more than once.
 */
final class EdgeWorld {
  static final Uuid LOG = new Uuid(3, 4);

  final int count;
  final List<MapState> states = new ArrayList<>();
  final List<List<LogEntry>> logs = new ArrayList<>();
  private final List<Fold> folds = new ArrayList<>();
  private final long[][] sent;
  private final ShardMap map;
  private final int generation;
  private final long first;
  private long commands;

  /** Empty shards. */
  EdgeWorld(int count) {
    this(fresh(count), 0, -1);
  }

  /** Shards that begin a generation with these states. */
  EdgeWorld(List<MapState> states, int generation, long position) {
    this.count = states.size();
    this.map = new ShardMap(count);
    this.generation = generation;
    this.first = position + 1;
    this.sent = new long[count][count];
    for (int shard = 0; shard < count; shard++) {
      this.states.add(states.get(shard));
      logs.add(new ArrayList<>());
      folds.add(newFold(shard, states.get(shard), position));
    }
  }

  private static List<MapState> fresh(int count) {
    List<MapState> states = new ArrayList<>();
    for (int shard = 0; shard < count; shard++) {
      states.add(new MapState());
    }
    return states;
  }

  private Fold newFold(int shard, MapState state, long position) {
    return new Fold(shard, count, state, new Position(LOG, generation, position, 0));
  }

  // What moves.

  /** Vertices with text keys, and edges between them: likes (one), calls (many), and of a field. */
  void define() {
    apply(
        new CollectionDefinition(0, "person", KeyType.Scalar.STRING, "json", Writer.API, null, 1),
        new CollectionDefinition(0, "place", KeyType.Scalar.LONG, "json", Writer.API, null, 1),
        CollectionDefinition.edges("likes", new Edge("person", "place", null, null)),
        CollectionDefinition.edges(
            "calls", new Edge("person", "person", KeyType.Scalar.LONG, null)));
    index("calls", "by-value", "v");
    index("person", "by-friends", "friends");
  }

  void defineField() {
    apply(
        CollectionDefinition.edges(
            "friends",
            new Edge("person", "person", null, FieldReference.parse("friends.personId"))));
    index("friends", "by-since", "since");
    index("calls", "by-burst", "b");
  }

  private void index(String collection, String name, String field) {
    IndexDefinition index = IndexDefinition.on(name, List.of(field));
    define(List.of(new DefinitionChange.PutIndex(collection, index, Mode.APPLY)));
  }

  void apply(CollectionDefinition... definitions) {
    List<DefinitionChange> changes = new ArrayList<>();
    for (CollectionDefinition each : definitions) {
      changes.add(new DefinitionChange.PutCollection(each, Mode.APPLY));
    }
    define(changes);
  }

  void define(List<DefinitionChange> changes) {
    append(0, new LogRecord.Command(id(), new Operation.Define(changes)));
  }

  /** Appends a command to the log of its shard. */
  int command(Operation operation) {
    int shard = map.shardOf(catalogue(), operation);
    append(shard, new LogRecord.Command(id(), operation));
    return shard;
  }

  /** Appends a command and folds up to it. */
  Outcome decided(Operation operation) {
    int shard = command(operation);
    while (fold(shard)) {
      // up to the command
    }
    List<FoldEffects.Decision> decisions = folds.get(shard).effects().drain().decisions();
    return decisions.get(decisions.size() - 1).outcome();
  }

  /** Folds the next record of a shard; false = there is none. */
  boolean fold(int shard) {
    Fold fold = folds.get(shard);
    long next = fold.position().offset() + 1;
    if (next - first >= logs.get(shard).size()) {
      return false;
    }
    fold.fold(logs.get(shard).get((int) (next - first)));
    return true;
  }

  /** Sends the next entry of an outbox; false = there is none. */
  boolean emit(int from, int to) {
    OutboxSpan span = span(from, to);
    long number = Math.max(span.first(), sent[from][to] + 1);
    if (number > span.last()) {
      return false;
    }
    sent[from][to] = number;
    appendEmitted(from, to, number);
    return true;
  }

  /** Sends something again that has been sent before. */
  void emitAgain(int from, int to, Random random) {
    OutboxSpan span = span(from, to);
    if (span.first() <= sent[from][to]) {
      long number = span.first() + random.nextInt((int) (sent[from][to] - span.first() + 1));
      appendEmitted(from, to, number);
    }
  }

  void trim(int from, int to) {
    if (sent[from][to] > 0) {
      append(from, new LogRecord.Trim(to, sent[from][to]));
    }
  }

  /** Carries on everything that is long; false = there is nothing. */
  boolean carryOn(int shard) {
    MapState state = states.get(shard);
    List<byte[]> open = state.keys(StateKeys.continuations(), 100);
    for (byte[] key : open) {
      long step = ByteBuffer.wrap(state.get(key)).getLong();
      append(shard, new LogRecord.Continue(StateKeys.continuationNumber(key), step));
    }
    return !open.isEmpty();
  }

  /** Goes on until nothing moves by itself. */
  void settle() {
    boolean moved = true;
    while (moved) {
      moved = false;
      for (int shard = 0; shard < count; shard++) {
        while (fold(shard)) {
          moved = true;
        }
        moved |= carryOn(shard);
        for (int other = 0; other < count; other++) {
          while (emit(shard, other)) {
            moved = true;
          }
        }
      }
    }
    for (int shard = 0; shard < count; shard++) {
      for (int other = 0; other < count; other++) {
        trim(shard, other);
      }
      while (fold(shard)) {
        // the trims
      }
    }
  }

  /** Makes the folds anew from their states, as a restart does. */
  void restart(int shard) {
    folds.set(shard, newFold(shard, states.get(shard), folds.get(shard).position().offset()));
  }

  // What is seen.

  Catalogue catalogue() {
    return folds.get(0).catalogue();
  }

  Catalogue catalogue(int shard) {
    return folds.get(shard).catalogue();
  }

  int id(String collection) {
    return catalogue().collection(collection).orElseThrow().id();
  }

  EdgeKeys keys(String edges) {
    return EdgeKeys.of(catalogue().collection(edges).orElseThrow());
  }

  Key edge(String edges, Key from, Key to, @Nullable Object id) {
    try {
      return keys(edges).edge(from, to, id);
    } catch (InvalidKeyException e) {
      throw new IllegalArgumentException(e);
    }
  }

  <R> R ask(int shard, Query<R> query) {
    Fold fold = folds.get(shard);
    ShardView view = states.get(shard).view(fold::catalogue, fold::position);
    ReadResult<R> result = LocalReader.evaluate(view, shard, query);
    return ((ReadResult.Answer<R>) result).value();
  }

  int shardOf(Key vertex) {
    return map.shardOf(vertex);
  }

  /** The audit of the present states. */
  EdgeAudit audit() {
    return new EdgeAudit(states, catalogue());
  }

  /** Every shard's log gives the same state again, byte for byte. */
  void expectReplayable() {
    for (int shard = 0; shard < count; shard++) {
      MapState anew = new MapState();
      Fold fold = newFold(shard, anew, first - 1);
      logs.get(shard).forEach(fold::fold);
      assertThat(EdgeAudit.dump(anew)).isEqualTo(EdgeAudit.dump(states.get(shard)));
    }
  }

  private OutboxSpan span(int from, int to) {
    byte[] stored = states.get(from).get(StateKeys.outboxSpan(to));
    return stored == null ? OutboxSpan.EMPTY : OutboxSpan.decode(stored);
  }

  private void appendEmitted(int from, int to, long number) {
    OutboxEntry entry = OutboxEntry.decode(states.get(from).get(StateKeys.outbox(to, number)));
    append(to, new LogRecord.Emitted(from, number, entry.operation()), entry.timestamp());
  }

  private void append(int shard, LogRecord record) {
    append(shard, record, 1000 + first + logs.get(shard).size());
  }

  private void append(int shard, LogRecord record, long timestamp) {
    List<LogEntry> log = logs.get(shard);
    log.add(
        new LogEntry(
            first + log.size(),
            0,
            timestamp,
            LogFormat.key(record),
            LogFormat.value(record, generation)));
  }

  private LogRecord.CommandId id() {
    return new LogRecord.CommandId(generation, ++commands);
  }

  static Key person(int number) {
    return Key.ofEncoded(("p" + number).getBytes(UTF_8));
  }

  static Key place(long number) {
    return Key.ofEncoded(ByteBuffer.allocate(8).putLong(number ^ Long.MIN_VALUE).array());
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
