package dev.weir.query.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.query.Caller;
import dev.weir.query.ClusterView;
import dev.weir.query.ReadOptions;
import dev.weir.query.Result;
import dev.weir.query.SharedKey;
import dev.weir.query.peer.PeerClient;
import dev.weir.query.peer.PeerIdentity;
import dev.weir.query.peer.PeerServer;
import dev.weir.query.peer.PeerServices;
import dev.weir.query.peer.PeerSettings;
import dev.weir.query.testing.InMemoryShard;
import dev.weir.query.testing.InMemoryShards;
import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Document;
import dev.weir.store.Key;
import dev.weir.store.KeyRange;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.Refusal;
import dev.weir.store.Role;
import dev.weir.store.ShardGate;
import dev.weir.store.ShardMap;
import dev.weir.store.ShardReader;
import dev.weir.store.routing.HeldShard;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.routing.RoutingTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three nodes with real sockets between them. */
@Timeout(60)
class SocketClusterTest {
  private static final Uuid LOG = new Uuid(3, 4);
  private static final SharedKey KEY =
      SharedKey.of("a key of sixteen".getBytes(StandardCharsets.UTF_8));
  private static final Application APPLICATION = new Application("app", LOG, 0, new ShardMap(6));
  private static final int COLLECTION = 1;
  private static final int KEYS = 300;

  private final List<InMemoryShard> shards = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<Integer, Integer> owners = new TreeMap<>();
  private volatile @Nullable CountDownLatch hold; // scans wait for it
  private volatile RoutingTable table = new RoutingTable(-1, new TreeMap<>(), Map.of());

  @BeforeEach
  void start() throws IOException {
    CollectionDefinition collection =
        new CollectionDefinition(
            COLLECTION, "c", KeyType.Scalar.STRING, "bytes", Writer.API, null, 1);
    for (int shard = 0; shard < 6; shard++) {
      InMemoryShard state = new InMemoryShard(shard, LOG, 0);
      state.fold(new Operation.Adopt(new Catalogue(1, 2, List.of(collection), List.of())), 0);
      shards.add(state);
    }
    for (int i = 0; i < 3; i++) {
      nodes.add(new Node(i));
    }
    for (int shard = 0; shard < 6; shard++) {
      give(shard, shard % 3);
    }
    announce();
    for (int n = 0; n < KEYS; n++) {
      success(nodes.get(n % 3).router.submit(new Operation.Put(COLLECTION, key(n), value(n))));
    }
  }

  @AfterEach
  void stop() {
    nodes.forEach(Node::close);
  }

  @Test
  void everyNodeGivesTheSameAnswers() {
    for (Node node : nodes) {
      everythingIsThere(node);
    }
    List<ClusterView.Node> seen = nodes.get(1).router.cluster().join().nodes();
    assertThat(seen).hasSize(3).allMatch(ClusterView.Node::live);
    assertThat(seen).allMatch(node -> node.shards().size() == 2);
  }

  @Test
  void aDeadNodesShardsAreAnsweredBySomebodyElse() {
    nodes.get(2).server.close();
    List<CompletableFuture<Result<Long>>> asked = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      asked.add(nodes.get(i % 2).router.ask(new Query.Count(COLLECTION)));
    }
    ClusterView view = nodes.get(0).router.cluster().join();
    assertThat(view.nodes().stream().map(ClusterView.Node::live))
        .containsExactly(true, true, false);

    give(2, 0);
    give(5, 1);
    announce();

    asked.forEach(count -> assertThat(success(count)).isEqualTo(KEYS));
    everythingIsThere(nodes.get(0));
    everythingIsThere(nodes.get(1));
  }

  /** A store that is not ready is waited for, not null: spring-cloud-stream-binder-kafka #706. */
  @Test
  void aQuestionWaitsForAShardThatMoves() {
    nodes.get(0).shards.release(0);
    Key moved = keysOf(0).get(0);
    CompletableFuture<Result<Optional<Document>>> asked =
        nodes.get(1).router.ask(new Query.Get(COLLECTION, moved));
    CompletableFuture<Result<Outcome>> written =
        nodes.get(2).router.submit(new Operation.Put(COLLECTION, moved, value(7)));

    give(0, 2);
    announce();

    assertThat(success(asked)).isPresent();
    assertThat(success(written)).isInstanceOf(Outcome.Stored.class);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                success(nodes.get(1).router.ask(new Query.Get(COLLECTION, moved)))
                    .filter(
                        document ->
                            new String(document.value(), StandardCharsets.UTF_8).equals("7"))
                    .isPresent());
  }

  private void hang() {
    CountDownLatch latch = hold;
    if (latch != null) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Every node asks all nodes more than they have room for, and none of the scans gets anywhere: in
   * a system whose point reads share anything with them, this is the end: ksql #8816.
   */
  @Test
  void scansThatHangEverywhereNeitherStarveGetsNorHangForEver() {
    CountDownLatch release = new CountDownLatch(1);
    hold = release;
    List<CompletableFuture<Result<Long>>> counts = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Node node = nodes.get(i % 3);
      counts.add(node.count(ReadOptions.DEFAULTS));
    }
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> nodes.stream().allMatch(node -> node.server.waiting("scatter") > 50));

    for (int n = 0; n < KEYS; n++) {
      Key key = key(n);
      for (Node node : nodes) {
        assertThat(success(node.router.ask(new Query.Get(COLLECTION, key)))).isPresent();
      }
    }
    success(nodes.get(0).router.ask(new Query.MultiGet(COLLECTION, List.of(key(1), key(2)))));
    success(nodes.get(1).router.submit(new Operation.Put(COLLECTION, key(3), value(3))));
    assertThat(counts).noneMatch(CompletableFuture::isDone);

    hold = null;
    release.countDown();
    counts.forEach(count -> assertThat(success(count)).isEqualTo(KEYS));
  }

  @Test
  void aCallerThatLeavesTakesItsScansWithIt() {
    CountDownLatch release = new CountDownLatch(1);
    hold = release;
    Caller caller = Caller.impatient();
    ReadOptions options = ReadOptions.DEFAULTS.from(caller, null);
    List<CompletableFuture<Result<Long>>> counts = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      counts.add(nodes.get(0).count(options));
    }
    await().atMost(Duration.ofSeconds(10)).until(() -> nodes.get(1).server.waiting("scatter") > 20);
    caller.leave();
    await().atMost(Duration.ofSeconds(10)).until(() -> nodes.get(1).server.waiting("scatter") == 0);
    hold = null;
    release.countDown();
    counts.forEach(count -> assertThat(count.join()).isInstanceOf(Result.Failure.class));
    assertThat(success(nodes.get(0).router.ask(new Query.Count(COLLECTION)))).isEqualTo(KEYS);
  }

  @Test
  void anAnswerWithoutAShardIsGivenOnlyToWhomItWillDo() {
    nodes.get(2).server.close();
    ReadOptions partial = ReadOptions.DEFAULTS.allowPartial(true);
    Query.MultiGet some =
        new Query.MultiGet(COLLECTION, List.of(keysOf(1).get(0), keysOf(2).get(0)));

    var found =
        (Result.Partial<List<Optional<Document>>>) nodes.get(1).router.ask(some, partial).join();
    assertThat(found.value().get(0)).isPresent();
    assertThat(found.value().get(1)).isEmpty();
    assertThat(found.missing().keySet()).containsExactly(2);
    assertThat(found.missing().get(2)).isInstanceOf(Refusal.Unreachable.class);
    assertThat(found.sources()).extracting(Result.Source::shard).containsExactly(1);

    var count =
        (Result.Partial<Long>) nodes.get(1).router.ask(new Query.Count(COLLECTION), partial).join();
    assertThat(count.missing().keySet()).containsExactly(2, 5);
    assertThat(count.value()).isEqualTo(KEYS - keysOf(2).size() - keysOf(5).size());

    Query.Scan scan = new Query.Scan(COLLECTION, KeyRange.all(), Query.Order.ASC, 1_000);
    var page = (Result.Partial<Query.Page>) nodes.get(1).router.ask(scan, partial).join();
    assertThat(page.value().documents()).hasSize((int) (long) count.value());

    assertThat(nodes.get(1).router.ask(new Query.Get(COLLECTION, keysOf(2).get(0)), partial).join())
        .isInstanceOf(Result.Failure.class);
    assertThat(nodes.get(1).router.ask(new Query.Count(COLLECTION)).join())
        .isInstanceOf(Result.Failure.class);
    assertThat(nodes.get(1).router.ask(new Query.Count(9), partial).join())
        .isInstanceOf(Result.Failure.class);
  }

  private void everythingIsThere(Node node) {
    assertThat(success(node.router.ask(new Query.Count(COLLECTION)))).isEqualTo(KEYS);
    List<Key> seen = new ArrayList<>();
    KeyRange range = KeyRange.all();
    boolean more = true;
    while (more) {
      Query.Page page =
          success(node.router.ask(new Query.Scan(COLLECTION, range, Query.Order.ASC, 37)));
      page.documents().forEach(document -> seen.add(document.key()));
      more = page.more();
      range = range.after(seen.get(seen.size() - 1));
    }
    assertThat(seen).hasSize(KEYS).isSorted();

    List<Key> keys = List.of(key(299), key(4), key(1000), key(4), key(0));
    assertThat(
            success(node.router.ask(new Query.MultiGet(COLLECTION, keys))).stream()
                .map(found -> found.map(d -> new String(d.value(), StandardCharsets.UTF_8))))
        .containsExactly(
            Optional.of("299"),
            Optional.of("4"),
            Optional.empty(),
            Optional.of("4"),
            Optional.of("0"));
  }

  private void give(int shard, int to) {
    nodes.forEach(node -> node.shards.release(shard));
    nodes.get(to).shards.hold(shard, shards.get(shard));
    owners.put(shard, to);
  }

  private void announce() {
    TreeMap<String, NodeEntry> entries = new TreeMap<>();
    Map<Integer, NodeEntry> actives = new TreeMap<>();
    for (Node node : nodes) {
      List<HeldShard> held = new ArrayList<>();
      owners.forEach(
          (shard, owner) -> {
            if (owner == node.index) {
              held.add(new HeldShard(shard, Role.ACTIVE, true, 0, 1));
            }
          });
      String peer = "127.0.0.1:" + node.port;
      entries.put(node.id(), new NodeEntry(node.id(), 1, 0, "http://x", peer, "", 1, "", held));
    }
    owners.forEach((shard, owner) -> actives.put(shard, entries.get("n" + owner)));
    table = new RoutingTable(table.version() + 1, entries, actives);
    nodes.forEach(node -> node.tables.changed(table));
  }

  private List<Key> keysOf(int shard) {
    List<Key> keys = new ArrayList<>();
    for (int n = 0; n < KEYS; n++) {
      if (APPLICATION.shards().shardOf(key(n)) == shard) {
        keys.add(key(n));
      }
    }
    return keys;
  }

  private static <T> T success(CompletableFuture<Result<T>> result) {
    Result<T> end = result.join();
    assertThat(end).isInstanceOf(Result.Success.class);
    return ((Result.Success<T>) end).value();
  }

  private static Key key(int n) {
    return Key.ofEncoded(String.format(Locale.ROOT, "%05d", n).getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] value(int n) {
    return Integer.toString(n).getBytes(StandardCharsets.UTF_8);
  }

  private final class Node implements AutoCloseable {
    final int index;
    final int port;
    final InMemoryShards shards = new InMemoryShards(() -> 1L);
    final ShardReader reader =
        new ShardReader() {
          @Override
          public <R> ReadResult<R> read(int shard, Query<R> query) {
            if (query instanceof Query.Scan || query instanceof Query.Count) {
              hang();
            }
            return shards.read(shard, query);
          }
        };
    final PeerServer server;
    final PeerClient client;
    final SystemTime time = new SystemTime();
    final TableWatch tables = new TableWatch(() -> table);
    final QueryRouter router;

    Node(int index) throws IOException {
      this.index = index;
      PeerIdentity self = new PeerIdentity(id(), "app", LOG, 0, KEY);
      this.server =
          PeerServer.start(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              self,
              new PeerServices(
                  reader, ShardGate.OPEN, shards, shards::status, () -> table.version()),
              PeerSettings.defaults());
      this.port = server.port();
      this.client = new PeerClient(self, PeerSettings.defaults(), Runnable::run);
      LocalShards local =
          new LocalShards(
              id(),
              reader,
              ShardGate.OPEN,
              shards,
              shards::status,
              () -> SocketClusterTest.this.shards.get(0).catalogue());
      this.router =
          new QueryRouter(APPLICATION, local, tables, client, RouterSettings.defaults(), time);
    }

    String id() {
      return "n" + index;
    }

    /** Counts from a thread of its own, which may hang. */
    CompletableFuture<Result<Long>> count(ReadOptions options) {
      CompletableFuture<Result<Long>> result = new CompletableFuture<>();
      Thread thread =
          new Thread(
              () -> {
                var unused =
                    router.ask(new Query.Count(COLLECTION), options).thenAccept(result::complete);
              });
      thread.setDaemon(true);
      thread.start();
      return result;
    }

    @Override
    public void close() {
      client.close();
      server.close();
      time.close();
    }
  }
}
