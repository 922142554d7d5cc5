package dev.weir.store.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.DefinitionChange;
import dev.weir.store.DefinitionChange.Mode;
import dev.weir.store.Key;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import dev.weir.store.Position;
import dev.weir.store.ShardMap;
import dev.weir.store.SourceDefinition;
import dev.weir.store.SourceDefinition.KeyFormat;
import dev.weir.store.SourceDefinition.KeyFrom;
import dev.weir.store.SourceDefinition.Mapping;
import dev.weir.store.SourceDefinition.Start;
import dev.weir.store.testing.MapState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * An application without Kafka and threads: logs in lists, of which a shard folds one record at a
 * time, an ingest of one source whose keys come from fields, and an emitter. Everything moves only
 * when it is told to.
 */
final class TornWorld {
  static final int SHARDS = 3;
  static final int PARTITIONS = 2;
  private static final Uuid TOPIC = new Uuid(5, 6);

  final List<MapState> states = new ArrayList<>();
  private final List<Fold> folds = new ArrayList<>();
  private final List<List<LogRecord>> logs = new ArrayList<>();
  private final List<List<Row>> topic;
  private final int generation;
  private final long first;
  private final ShardMap shards = new ShardMap(SHARDS);
  private final int[] read = new int[PARTITIONS];
  private final Map<String, Long> sent = new TreeMap<>();
  private final long[][] emitted = new long[SHARDS][SHARDS];
  private long commands;

  /** A record of the source; a derived key of null deletes the row. */
  record Row(long offset, String row, @Nullable String derived, String value) {}

  /** A world that begins with nothing. */
  TornWorld() {
    this(List.of(new MapState(), new MapState(), new MapState()), 0, -1, List.of());
  }

  private TornWorld(List<MapState> states, int generation, long position, List<List<Row>> topic) {
    this.generation = generation;
    this.first = position + 1;
    this.topic = new ArrayList<>(topic);
    for (int shard = 0; shard < SHARDS; shard++) {
      this.states.add(states.get(shard));
      folds.add(
          new Fold(
              shard,
              SHARDS,
              states.get(shard),
              new Position(new Uuid(generation, 1), generation, position, 0)));
      logs.add(new ArrayList<>());
    }
    while (this.topic.size() < PARTITIONS) {
      this.topic.add(new ArrayList<>());
    }
  }

  /** The next generation, begun with these states, on the same source. */
  static TornWorld of(List<MapState> states, List<List<Row>> topic) {
    TornWorld world = new TornWorld(states, 1, 1, topic);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      world.read[partition] = world.lowestUnread(partition);
    }
    return world;
  }

  List<List<Row>> topic() {
    return topic;
  }

  Catalogue catalogue(int shard) {
    return folds.get(shard).catalogue();
  }

  // What moves.

  void define(DefinitionChange change) {
    append(0, new LogRecord.Command(id(), new Operation.Define(List.of(change))));
  }

  void put(String collection, String key, String value) {
    int shard = shards.shardOf(key(key));
    catalogue(shard)
        .collection(collection)
        .ifPresent(
            c ->
                append(
                    shard,
                    new LogRecord.Command(
                        id(), new Operation.Put(c.id(), key(key), bytes(value)))));
  }

  void produce(String row, @Nullable String derived, String value) {
    List<Row> partition = topic.get(partition(row));
    partition.add(new Row(partition.size(), row, derived, value));
  }

  /** Copies the next record of a partition into the log; false = there is none. */
  boolean ingest(int partition) {
    SourceDefinition source = catalogue(0).source("people").orElse(null);
    if (source == null || read[partition] >= topic.get(partition).size()) {
      return false;
    }
    Row row = topic.get(partition).get(read[partition]++);
    int collection = catalogue(0).collection("person").orElseThrow().id();
    int shard = shards.shardOf(bytes(row.row()));
    String session = partition + "/" + shard;
    append(
        shard,
        new LogRecord.Ingested(
            origin(source, partition),
            row.offset(),
            sent.getOrDefault(session, LogRecord.FIRST),
            new Operation.Track(
                source.id(),
                collection,
                bytes(row.row()),
                row.derived() == null ? null : key(row.derived()),
                row.derived() == null ? new byte[0] : bytes(row.value()))));
    sent.put(session, row.offset());
    return true;
  }

  /** Folds the next record of a shard's log; false = there is none. */
  boolean fold(int shard) {
    long next = folds.get(shard).position().offset() + 1;
    int index = (int) (next - first);
    if (index >= logs.get(shard).size()) {
      return false;
    }
    LogRecord record = logs.get(shard).get(index);
    folds
        .get(shard)
        .fold(
            new LogEntry(
                next, 0, next, LogFormat.key(record), LogFormat.value(record, generation)));
    return true;
  }

  /** Sends what a shard has for another one; false = nothing. */
  boolean emit(int from, int to) {
    byte[] stored = states.get(from).get(StateKeys.outboxSpan(to));
    OutboxSpan span = stored == null ? OutboxSpan.EMPTY : OutboxSpan.decode(stored);
    long number = Math.max(span.first(), emitted[from][to] + 1);
    if (number > span.last()) {
      return false;
    }
    Operation operation =
        OutboxEntry.decode(states.get(from).get(StateKeys.outbox(to, number))).operation();
    append(to, new LogRecord.Emitted(from, number, operation));
    emitted[from][to] = number;
    return true;
  }

  /** Has a shard forget what another one has. */
  void trim(int from, int to) {
    if (emitted[from][to] > 0) {
      append(from, new LogRecord.Trim(to, emitted[from][to]));
    }
  }

  /** Goes on until nothing moves by itself. */
  void settle() {
    boolean moved = true;
    while (moved) {
      moved = false;
      for (int partition = 0; partition < PARTITIONS; partition++) {
        moved |= ingest(partition);
      }
      for (int shard = 0; shard < SHARDS; shard++) {
        moved |= fold(shard);
        moved |= carryOn(shard);
        for (int other = 0; other < SHARDS; other++) {
          moved |= emit(shard, other);
        }
      }
    }
  }

  private boolean carryOn(int shard) {
    boolean moved = false;
    MapState state = states.get(shard);
    for (byte[] key : state.keys(StateKeys.continuations(), 100)) {
      long step = java.nio.ByteBuffer.wrap(state.get(key)).getLong();
      append(shard, new LogRecord.Continue(StateKeys.continuationNumber(key), step));
      boolean folding = true;
      while (folding) {
        folding = fold(shard);
      }
      moved = true;
    }
    return moved;
  }

  // What is seen.

  /**
   * All documents of a collection; one that lies in the wrong shard is under a name that says so.
   */
  Map<String, String> documents(String collection) {
    Map<String, String> found = new TreeMap<>();
    for (int shard = 0; shard < SHARDS; shard++) {
      found.putAll(documents(states.get(shard), shard, collection));
    }
    return found;
  }

  private Map<String, String> documents(MapState state, int shard, String collection) {
    Map<String, String> found = new TreeMap<>();
    catalogue(shard)
        .collection(collection)
        .ifPresent(
            c -> {
              byte[] prefix = StateKeys.documents(c.id());
              for (byte[] stateKey : state.keys(prefix, Integer.MAX_VALUE)) {
                byte[] key = java.util.Arrays.copyOfRange(stateKey, prefix.length, stateKey.length);
                String name = new String(key, UTF_8);
                found.put(
                    shards.shardOf(key) == shard ? name : "in shard " + shard + ": " + name,
                    new String(StateValues.value(state.get(stateKey)), UTF_8));
              }
            });
    return found;
  }

  long count(String collection) {
    long sum = 0;
    for (int shard = 0; shard < SHARDS; shard++) {
      int id = catalogue(shard).collection(collection).map(CollectionDefinition::id).orElse(0);
      sum += StateValues.number(states.get(shard).get(StateKeys.count(id)), 0);
    }
    return sum;
  }

  /** Index of the first record that not every shard has met. */
  private int lowestUnread(int partition) {
    SourceDefinition source = catalogue(0).source("people").orElse(null);
    long lowest = Long.MAX_VALUE;
    for (int shard = 0; source != null && shard < SHARDS; shard++) {
      byte[] key = StateKeys.watermark(origin(source, partition));
      lowest = Math.min(lowest, Watermark.read(states.get(shard).get(key)).seq());
    }
    for (int index = 0; index < topic.get(partition).size(); index++) {
      if (topic.get(partition).get(index).offset() > lowest) {
        return index;
      }
    }
    return source == null ? 0 : topic.get(partition).size();
  }

  private static LogRecord.Origin origin(SourceDefinition source, int partition) {
    return new LogRecord.Origin(source.id(), 0, TOPIC, partition);
  }

  private LogRecord.CommandId id() {
    return new LogRecord.CommandId(generation, ++commands);
  }

  private void append(int shard, LogRecord record) {
    logs.get(shard).add(record);
  }

  private static int partition(String row) {
    return Math.floorMod(row.hashCode(), PARTITIONS);
  }

  static DefinitionChange collection(String name, Writer writer) {
    return new DefinitionChange.PutCollection(
        new CollectionDefinition(0, name, KeyType.Scalar.STRING, "json", writer, null, 1),
        Mode.APPLY);
  }

  static DefinitionChange trackedSource() {
    Mapping mapping =
        new Mapping(
            KeyFrom.TRACKED,
            KeyFormat.TEXT,
            List.of("id"),
            List.of(),
            List.of(),
            Map.of(),
            Start.EARLIEST);
    return new DefinitionChange.PutSource(
        new SourceDefinition(0, "people", "people", "person", mapping, 1), Mode.APPLY);
  }

  private static Key key(String text) {
    return Key.ofEncoded(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
