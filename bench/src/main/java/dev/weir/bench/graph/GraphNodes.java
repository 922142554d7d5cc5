package dev.weir.bench.graph;

import dev.weir.bench.process.BrokerProcess;
import dev.weir.graph.Direction;
import dev.weir.graph.traverse.Hop;
import dev.weir.graph.traverse.Step;
import dev.weir.graph.traverse.VertexId;
import dev.weir.query.Database;
import dev.weir.query.Result;
import dev.weir.query.server.Setting;
import dev.weir.query.server.Weir;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Condition;
import dev.weir.store.EdgeKeys;
import dev.weir.store.GraphQuery;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** Nodes in this process over a broker in another one, which hold a graph. */
final class GraphNodes implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int IN_FLIGHT = 32;
  private static final int BATCH = 500;
  private static final int SHARDS = 6;
  private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);
  private static final KeyCodec KEYS = KeyCodec.of(KeyType.Scalar.LONG);

  private final List<Weir> nodes = new ArrayList<>();
  private final BrokerProcess broker;

  GraphNodes(Path directory, int count) throws IOException, InterruptedException {
    broker = BrokerProcess.start(directory.resolve("kafka"));
    for (int n = 0; n < count; n++) {
      nodes.add(
          Weir.builder()
              .application("walks")
              .bootstrapServers(broker.bootstrapServers())
              .listen("127.0.0.1:0")
              .stateDirectory(directory.resolve("node" + n))
              .shards(SHARDS)
              .set(Setting.NODE, "n" + n)
              .set(Setting.MEMORY, 384 / count + "MiB")
              .collection("vertex", KeyType.Scalar.LONG)
              .edges("edge", "vertex", "vertex")
              .start());
    }
    nodes.forEach(node -> node.awaitReady(PATIENCE));
  }

  /** The node that is asked. */
  Weir node() {
    return nodes.get(0);
  }

  static VertexId vertex(Weir node, long number) {
    return new VertexId(definition(node, "vertex").id(), key(number));
  }

  static Hop out(Weir node) {
    return new Hop(List.of(new Step(definition(node, "edge").id(), Direction.OUT, null)), null);
  }

  private static CollectionDefinition definition(Weir node, String name) {
    return node.database().catalogue().collection(name).orElseThrow();
  }

  private static Key key(long number) {
    try {
      return KEYS.encode(number);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes a graph, and waits until all edges are known at both ends. */
  void load(EdgeList graph) throws InvalidKeyException {
    int[] from = graph.from();
    int[] to = graph.to();
    Database database = node().database();
    CollectionDefinition vertex = definition(node(), "vertex");
    CollectionDefinition edge = definition(node(), "edge");
    EdgeKeys edges = EdgeKeys.of(edge);
    Loader loader = new Loader(database);
    for (int n = 0; n < graph.vertices(); n++) {
      loader.add(database.shards().shardOf(key(n)), new Operation.Put(vertex.id(), key(n), EMPTY));
    }
    loader.flush();
    for (int e = 0; e < from.length; e++) {
      Key key = edges.edge(key(from[e]), key(to[e]), null);
      loader.add(database.shards().shardOf(edge, key), new Operation.Put(edge.id(), key, EMPTY));
    }
    loader.flush();
    awaitIncoming(edge, from, to);
  }

  /** The last edge of every emitting and taking shard has arrived, and so have all before it. */
  private void awaitIncoming(CollectionDefinition edge, int[] from, int[] to) {
    Database database = node().database();
    int[][] last = new int[SHARDS][SHARDS];
    for (int e = 0; e < from.length; e++) {
      int source = database.shards().shardOf(key(from[e]));
      last[source][database.shards().shardOf(key(to[e]))] = e + 1;
    }
    for (int[] row : last) {
      for (int e : row) {
        while (e > 0 && !arrived(database, edge.id(), from[e - 1], to[e - 1])) {
          LockSupport.parkNanos(20_000_000);
        }
      }
    }
  }

  private static boolean arrived(Database database, int edge, int from, int to) {
    GraphQuery.Expand query =
        new GraphQuery.Expand(
            edge, GraphQuery.Side.IN, List.of(key(to)), Integer.MAX_VALUE, null, null, false);
    return database.ask(query).join() instanceof Result.Success<List<GraphQuery.Neighbours>> success
        && success.value().get(0).links().stream().anyMatch(l -> l.other().equals(key(from)));
  }

  /** Writes changes in batches of one shard, some at a time. */
  private static final class Loader {
    private final Database database;
    private final List<List<Operation.When>> pending = new ArrayList<>();
    private final List<Set<Key>> met = new ArrayList<>();
    private final Deque<CompletableFuture<Result<Outcome>>> underWay = new ArrayDeque<>();

    Loader(Database database) {
      this.database = database;
      for (int shard = 0; shard < SHARDS; shard++) {
        pending.add(new ArrayList<>());
        met.add(new HashSet<>());
      }
    }

    void add(int shard, Operation.Change change) {
      List<Operation.When> batch = pending.get(shard);
      if (!met.get(shard).add(change.key())) {
        return; // the same edge again
      }
      batch.add(new Operation.When(Condition.NONE, change));
      if (batch.size() == BATCH) {
        send(batch);
        met.get(shard).clear();
      }
    }

    private void send(List<Operation.When> batch) {
      underWay.add(database.submit(new Operation.Batch(List.copyOf(batch))));
      batch.clear();
      while (underWay.size() > IN_FLIGHT) {
        take();
      }
    }

    private void take() {
      Result<Outcome> result = underWay.remove().join();
      if (!(result instanceof Result.Success<Outcome> success)
          || !(success.value() instanceof Outcome.Batched)) {
        throw new IllegalStateException("not loaded: " + result);
      }
    }

    void flush() {
      pending.stream().filter(batch -> !batch.isEmpty()).forEach(this::send);
      met.forEach(Set::clear);
      while (!underWay.isEmpty()) {
        take();
      }
    }
  }

  @Override
  public void close() {
    nodes.forEach(Weir::close);
    broker.close();
  }
}
