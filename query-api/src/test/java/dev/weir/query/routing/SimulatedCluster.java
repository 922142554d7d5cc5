package dev.weir.query.routing;

import dev.weir.query.PeerReply;
import dev.weir.query.Peers;
import dev.weir.query.ShardQuery;
import dev.weir.query.ShardWrite;
import dev.weir.query.testing.InMemoryShard;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Position;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.Refusal;
import dev.weir.store.Role;
import dev.weir.store.ShardGate;
import dev.weir.store.ShardMap;
import dev.weir.store.ShardReader;
import dev.weir.store.ShardStatus;
import dev.weir.store.ShardWriter;
import dev.weir.store.Version;
import dev.weir.store.WriteResult;
import dev.weir.store.routing.HeldShard;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.routing.RoutingTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.common.Uuid;

/**
 * Nodes with shards that move, die and come back, tables that lag, and calls that take time or get
 * lost: all in virtual time, all from one seed.
 */
final class SimulatedCluster {
  static final Uuid LOG = new Uuid(7, 7);
  static final RouterSettings SETTINGS = RouterSettings.defaults();

  final VirtualTime time = new VirtualTime();
  final List<Node> nodes = new ArrayList<>();
  final List<InMemoryShard> shards = new ArrayList<>();
  final Application application;

  /** How often each operation was appended. */
  final Map<Operation, Integer> appended = new HashMap<>();

  /** What was decided about writes whose shard moved before they were answered. */
  private final Map<Integer, Map<Long, Outcome>> unclaimed = new HashMap<>();

  /** Whether no call is lost. */
  boolean reliable;

  /** How often somebody asked what was decided. */
  int claimed;

  private final Random random;
  private final Map<Integer, Integer> owners = new TreeMap<>();
  private long version;

  SimulatedCluster(long seed, int nodeCount, int shardCount) {
    random = new Random(seed);
    application = new Application("sim", LOG, 0, new ShardMap(shardCount));
    for (int shard = 0; shard < shardCount; shard++) {
      shards.add(new InMemoryShard(shard, LOG, 0));
      owners.put(shard, shard % nodeCount);
    }
    for (int i = 0; i < nodeCount; i++) {
      nodes.add(new Node(i));
    }
    owners.forEach((shard, node) -> nodes.get(node).serving.put(shard, true));
    RoutingTable first = table();
    nodes.forEach(node -> node.table = first);
  }

  /** Moves a shard: for a while nobody has it, then its new owner is not ready yet. */
  void move(int shard, int to) {
    int from = owners.get(shard);
    if (from == to || !nodes.get(to).alive || nodes.get(from).serving.remove(shard) == null) {
      return;
    }
    owners.put(shard, to);
    time.after(millis(random.nextInt(300)), () -> open(shard, to));
  }

  private void open(int shard, int to) {
    if (owners.get(shard) != to || !nodes.get(to).alive) {
      return;
    }
    nodes.get(to).serving.put(shard, false);
    announce();
    time.after(
        millis(random.nextInt(400)),
        () -> {
          if (nodes.get(to).serving.containsKey(shard)) {
            nodes.get(to).serving.put(shard, true);
            announce();
          }
        });
  }

  /** Ends a node without a word; the others take its shards over after a while. */
  void kill(int node) {
    if (!nodes.get(node).alive || nodes.stream().filter(n -> n.alive).count() == 1) {
      return;
    }
    nodes.get(node).alive = false;
    nodes.get(node).serving.clear();
    long noticed = random.nextInt(12) == 0 ? 7000 : 500 + random.nextInt(1500);
    time.after(millis(noticed), () -> takeOver(node));
    time.after(millis(noticed + random.nextInt(3000)), () -> nodes.get(node).alive = true);
  }

  private void takeOver(int dead) {
    owners.forEach(
        (shard, owner) -> {
          if (owner == dead) {
            List<Integer> living = nodes.stream().filter(n -> n.alive).map(n -> n.index).toList();
            int to = living.get(random.nextInt(living.size()));
            owners.put(shard, to);
            time.after(millis(random.nextInt(200)), () -> open(shard, to));
          }
        });
  }

  private void announce() {
    version++;
    RoutingTable table = table();
    for (Node node : nodes) {
      time.after(millis(random.nextInt(120)), () -> node.learn(table));
    }
  }

  private RoutingTable table() {
    TreeMap<String, NodeEntry> entries = new TreeMap<>();
    Map<Integer, NodeEntry> actives = new HashMap<>();
    for (Node node : nodes) {
      List<HeldShard> held = new ArrayList<>();
      node.serving.forEach(
          (shard, serving) ->
              held.add(
                  new HeldShard(
                      shard, Role.ACTIVE, serving, 0, shards.get(shard).catalogue().revision())));
      NodeEntry entry = new NodeEntry(node.id, 1, 0, "", node.id + ":1", "", 1, "", held);
      entries.put(node.id, entry);
    }
    owners.forEach((shard, owner) -> actives.put(shard, entries.get("n" + owner)));
    return new RoutingTable(version, entries, actives);
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  /** One node: its shards, its view of the routing, its router. */
  final class Node implements ShardReader, ShardWriter, Peers {
    final int index;
    final String id;
    final Map<Integer, Boolean> serving = new TreeMap<>();
    final TableWatch tables;
    final QueryRouter router;
    final List<String> calls = new ArrayList<>();
    boolean alive = true;
    RoutingTable table = new RoutingTable(-1, new TreeMap<>(), Map.of());

    Node(int index) {
      this.index = index;
      this.id = "n" + index;
      this.tables = new TableWatch(() -> table);
      LocalShards local =
          new LocalShards(
              id, this, ShardGate.OPEN, this, this::status, () -> shards.get(0).catalogue());
      this.router = new QueryRouter(application, local, tables, this, SETTINGS, time);
    }

    void learn(RoutingTable newer) {
      if (newer.version() > table.version()) {
        table = newer;
        tables.changed(newer);
      }
    }

    List<ShardStatus> status() {
      return serving.keySet().stream()
          .map(
              shard ->
                  new ShardStatus(
                      shard, Role.ACTIVE, true, shards.get(shard).position(), 9, 1, 0, null))
          .toList();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <R> ReadResult<R> read(int shard, Query<R> query) {
      Optional<Refusal> refusal = refusal(shard);
      if (refusal.isEmpty() && query instanceof Query.Decision decision) {
        claimed++;
        Outcome known = unclaimed.getOrDefault(shard, Map.of()).get(decision.offset());
        return new ReadResult.Answer<>(
            (R) Optional.ofNullable(known), shard, shards.get(shard).position());
      }
      return refusal.isPresent()
          ? new ReadResult.Refused<>(refusal.get())
          : shards.get(shard).read(query);
    }

    @Override
    public CompletableFuture<WriteResult> submit(int shard, Operation operation) {
      Optional<Refusal> refusal = refusal(shard);
      if (refusal.isPresent()) {
        return CompletableFuture.completedFuture(new WriteResult.Refused(refusal.get()));
      }
      appended.merge(operation, 1, Integer::sum);
      CompletableFuture<WriteResult> folded = new CompletableFuture<>();
      Outcome outcome = shards.get(shard).submit(operation, 1);
      Position position = shards.get(shard).position();
      time.after(
          millis(random.nextInt(8)),
          () ->
              folded.complete(
                  new WriteResult.Decided(
                      serving.containsKey(shard) ? outcome : moved(shard, position, outcome),
                      shard,
                      position)));
      return folded;
    }

    private Outcome moved(int shard, Position position, Outcome outcome) {
      unclaimed.computeIfAbsent(shard, s -> new HashMap<>()).put(position.offset(), outcome);
      return new Outcome.Accepted(new Version(position.generation(), position.offset()));
    }

    private Optional<Refusal> refusal(int shard) {
      Boolean ready = serving.get(shard);
      if (ready == null) {
        return Optional.of(new Refusal.NotOwner(shard));
      }
      return ready ? Optional.empty() : Optional.of(new Refusal.Rebalancing(shard, "opening"));
    }

    @Override
    public <R> CompletableFuture<PeerReply<List<ReadResult<R>>>> read(
        NodeEntry node, List<ShardQuery<R>> questions, Duration timeout) {
      Node target = target(node);
      return call(
          target,
          timeout,
          () ->
              CompletableFuture.completedFuture(
                  questions.stream().map(q -> target.read(q.shard(), q.query())).toList()));
    }

    @Override
    public CompletableFuture<PeerReply<WriteResult>> submit(
        NodeEntry node, ShardWrite write, Duration timeout) {
      Node target = target(node);
      return call(target, timeout, () -> write.by(target));
    }

    @Override
    public CompletableFuture<PeerReply<List<ShardStatus>>> status(
        NodeEntry node, Duration timeout) {
      Node target = target(node);
      return call(target, timeout, () -> CompletableFuture.completedFuture(target.status()));
    }

    private Node target(NodeEntry node) {
      calls.add(node.node());
      return nodes.get(Integer.parseInt(node.node().substring(1)));
    }

    private <T> CompletableFuture<PeerReply<T>> call(
        Node target, Duration timeout, Supplier<CompletableFuture<T>> work) {
      if (target == this) {
        throw new IllegalStateException("a node called itself");
      }
      CompletableFuture<PeerReply<T>> reply = new CompletableFuture<>();
      time.after(timeout, () -> reply.complete(new PeerReply.Lost<>("no answer in time")));
      int fate = reliable ? 99 : random.nextInt(100);
      if (fate == 0) {
        time.after(
            millis(1),
            () -> reply.complete(new PeerReply.Refused<>(new Refusal.Overloaded("sim"))));
      } else if (fate > 1) { // 1 = lost on the way there
        time.after(millis(random.nextInt(5)), () -> arrive(target, fate == 2, reply, work));
      }
      return reply;
    }

    private <T> void arrive(
        Node target,
        boolean answerLost,
        CompletableFuture<PeerReply<T>> reply,
        Supplier<CompletableFuture<T>> work) {
      if (!target.alive) {
        reply.complete(new PeerReply.Unsent<>("refused"));
        return;
      }
      CompletableFuture<Void> unused =
          work.get()
              .thenAccept(
                  value -> {
                    long seen = target.table.version();
                    if (answerLost || !target.alive) {
                      reply.complete(new PeerReply.Lost<>("reset"));
                    } else {
                      time.after(
                          millis(random.nextInt(5)),
                          () -> reply.complete(new PeerReply.Answered<>(value, seen)));
                    }
                  });
    }
  }
}
