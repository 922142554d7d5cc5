package dev.weir.bench.graph;

import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Edge;
import dev.weir.store.CollectionDefinition.Ends;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.EdgeKeys;
import dev.weir.store.GraphQuery;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import dev.weir.store.Position;
import dev.weir.store.ReadResult;
import dev.weir.store.ShardMap;
import dev.weir.store.read.LocalReader;
import dev.weir.store.read.NeighbourCache;
import dev.weir.store.rocksdb.BatchedState;
import dev.weir.store.rocksdb.RocksResources;
import dev.weir.store.rocksdb.RocksShard;
import dev.weir.store.streams.StoreView;
import dev.weir.store.write.Fold;
import dev.weir.store.write.LogEntry;
import dev.weir.store.write.LogFormat;
import dev.weir.store.write.LogRecord;
import dev.weir.store.write.OutboxEntry;
import dev.weir.store.write.OutboxSpan;
import dev.weir.store.write.StateKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;

/**
 * Shards on disk whose records are folded as a node folds them, but without Kafka: what one shard
 * has for another one is handed over at once. One thread.
 */
final class FoldedGraph implements AutoCloseable {
  static final CollectionDefinition VERTICES =
      new CollectionDefinition(1, "v", KeyType.Scalar.LONG, "json", Writer.API, null, 1);
  static final CollectionDefinition EDGES =
      CollectionDefinition.edges("e", new Edge("v", "v", null, null))
          .numbered(2, 1)
          .between(new Ends(KeyType.Scalar.LONG, KeyType.Scalar.LONG));
  private static final Catalogue CATALOGUE =
      new Catalogue(1, 3, List.of(VERTICES, EDGES), List.of());
  private static final int BATCH = 1000;
  private static final KeyCodec KEYS = KeyCodec.of(KeyType.Scalar.LONG);

  private final ShardMap map;
  private final RocksResources resources;
  private final List<Shard> shards = new ArrayList<>();

  FoldedGraph(Path directory, int count, long cacheBytes) throws IOException {
    Files.createDirectories(directory);
    map = new ShardMap(count);
    resources = new RocksResources(256L * 1024 * 1024);
    for (int number = 0; number < count; number++) {
      shards.add(new Shard(number, directory.resolve("shard" + number), cacheBytes));
    }
  }

  private final class Shard {
    final RocksShard database;
    final BatchedState state;
    final Fold fold;
    final StoreView view;
    final long[] sent = new long[map.shards()];
    final int number;
    int pending;

    Shard(int number, Path directory, long cacheBytes) {
      this.number = number;
      Position start = Position.start(new Uuid(1, 2), 0);
      database = RocksShard.open(directory, resources);
      state = new BatchedState(database);
      fold = new Fold(number, map.shards(), state, start);
      view = new StoreView(database, start, CATALOGUE, new NeighbourCache(cacheBytes));
      append(new LogRecord.Emitted(1_000_000, 1, new Operation.Adopt(CATALOGUE)));
    }

    void append(LogRecord record) {
      long offset = fold.position().offset() + 1;
      fold.fold(new LogEntry(offset, 0, offset, LogFormat.key(record), LogFormat.value(record, 0)));
      if (++pending == BATCH) {
        commit();
      }
    }

    void commit() {
      view.writing(fold.position(), state.pendingKeys());
      state.commit(fold.position());
      view.written(fold.position());
      fold.effects().drain();
      pending = 0;
    }

    void send() {
      for (int to = 0; to < map.shards(); to++) {
        byte[] stored = state.get(StateKeys.outboxSpan(to));
        OutboxSpan span = stored == null ? new OutboxSpan(1, 0) : OutboxSpan.decode(stored);
        for (long next = sent[to] + 1; next <= span.last(); next++) {
          byte[] entry = state.get(StateKeys.outbox(to, next));
          if (entry != null) {
            Operation operation = OutboxEntry.decode(entry).operation();
            shards.get(to).append(new LogRecord.Emitted(number, next, operation));
          }
        }
        if (span.last() > sent[to]) {
          sent[to] = span.last();
          append(new LogRecord.Trim(to, span.last()));
        }
      }
    }
  }

  void putVertex(long number, byte[] value) {
    Key key = key(number);
    command(map.shardOf(key), new Operation.Put(VERTICES.id(), key, value));
  }

  void putEdge(long from, long to, byte[] value) {
    Key begin = key(from);
    try {
      Key edge = EdgeKeys.of(EDGES).edge(begin, key(to), null);
      command(map.shardOf(begin), new Operation.Put(EDGES.id(), edge, value));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  private void command(int shard, Operation operation) {
    shards.get(shard).append(new LogRecord.Command(new LogRecord.CommandId(0, 0), operation));
  }

  /** Hands over what shards have for each other. */
  void settle() {
    shards.forEach(Shard::send);
  }

  /** Writes what is folded. */
  void commit() {
    shards.forEach(Shard::commit);
  }

  /** The other ends of edges of vertices, each shard asked once. */
  List<Key> expand(List<Key> vertices) {
    List<List<Key>> byShard = new ArrayList<>();
    for (int shard = 0; shard < map.shards(); shard++) {
      byShard.add(new ArrayList<>());
    }
    vertices.forEach(vertex -> byShard.get(map.shardOf(vertex)).add(vertex));
    List<Key> found = new ArrayList<>();
    for (int shard = 0; shard < map.shards(); shard++) {
      if (!byShard.get(shard).isEmpty()) {
        GraphQuery.Expand query =
            new GraphQuery.Expand(
                EDGES.id(), GraphQuery.Side.OUT, byShard.get(shard), 1 << 30, null, null, false);
        ReadResult<List<GraphQuery.Neighbours>> result =
            LocalReader.evaluate(shards.get(shard).view, shard, query);
        ((ReadResult.Answer<List<GraphQuery.Neighbours>>) result)
            .value()
            .forEach(each -> each.links().forEach(link -> found.add(link.other())));
      }
    }
    return found;
  }

  static Key key(long number) {
    try {
      return KEYS.encode(number);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    shards.forEach(shard -> shard.database.close());
    resources.close();
  }
}
