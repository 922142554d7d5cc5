package dev.weir.bench.replica;

import dev.weir.query.ReadOptions;
import dev.weir.query.Result;
import dev.weir.query.SharedKey;
import dev.weir.query.peer.PeerClient;
import dev.weir.query.peer.PeerIdentity;
import dev.weir.query.peer.PeerServer;
import dev.weir.query.peer.PeerServices;
import dev.weir.query.peer.PeerSettings;
import dev.weir.query.routing.Application;
import dev.weir.query.routing.LocalShards;
import dev.weir.query.routing.QueryRouter;
import dev.weir.query.routing.RouterSettings;
import dev.weir.query.routing.SystemTime;
import dev.weir.query.routing.TableWatch;
import dev.weir.query.testing.InMemoryShard;
import dev.weir.query.testing.InMemoryShards;
import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Key;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import dev.weir.store.Query;
import dev.weir.store.Role;
import dev.weir.store.ShardGate;
import dev.weir.store.ShardMap;
import dev.weir.store.routing.HeldShard;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.routing.RoutingTable;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;

/**
 * A node that holds nothing, and two that hold the same: b the active, c the standby of every
 * shard. What they hold is in memory; the calls between them are real.
 */
final class Replicas implements Closeable {
  private static final int SHARDS = 4;
  private static final Uuid LOG = new Uuid(1, 1);
  private static final SharedKey KEY =
      SharedKey.of("a key of sixteen".getBytes(StandardCharsets.UTF_8));

  private final List<Closeable> parts = new ArrayList<>();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final QueryRouter router;
  final StallProxy b;
  final StallProxy c;

  /**
   * Starts them.
   *
   * @param hedges share of reads that may be sent twice
   */
  Replicas(double hedges) throws IOException {
    List<InMemoryShard> shards = new ArrayList<>();
    CollectionDefinition documents =
        new CollectionDefinition(
            1, "c", KeyType.Scalar.LONG, "bytes", CollectionDefinition.Writer.API, null, 1);
    Catalogue catalogue = new Catalogue(1, 2, List.of(documents), List.of());
    for (int shard = 0; shard < SHARDS; shard++) {
      InMemoryShard state = new InMemoryShard(shard, LOG, 0);
      state.fold(new Operation.Adopt(catalogue), 0);
      shards.add(state);
    }
    b = node("b", shards);
    c = node("c", shards);
    RoutingTable table = table();
    RouterSettings defaults = RouterSettings.defaults();
    RouterSettings settings =
        new RouterSettings(
            defaults.read(),
            defaults.write(),
            defaults.attempt(),
            defaults.status(),
            defaults.minPause(),
            defaults.maxPause(),
            hedges);
    InMemoryShards nothing = new InMemoryShards(() -> 0);
    SystemTime time = new SystemTime();
    PeerClient client = PeerClient.withThreads(identity("a"), PeerSettings.defaults());
    parts.add(time::close);
    parts.add(0, client::close);
    router =
        new QueryRouter(
            new Application("bench", LOG, 0, new ShardMap(SHARDS)),
            new LocalShards(
                "a", nothing, ShardGate.OPEN, nothing, nothing::status, () -> catalogue),
            new TableWatch(() -> table),
            client,
            settings,
            time);
    router.bindTo(metrics);
  }

  private static PeerIdentity identity(String node) {
    return new PeerIdentity(node, "bench", LOG, 0, KEY);
  }

  private StallProxy node(String id, List<InMemoryShard> shards) throws IOException {
    InMemoryShards held = new InMemoryShards(() -> 0);
    for (int shard = 0; shard < SHARDS; shard++) {
      held.hold(shard, shards.get(shard));
    }
    PeerServer server =
        PeerServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            identity(id),
            new PeerServices(held, ShardGate.OPEN, held, held::status, () -> 1L),
            PeerSettings.defaults());
    StallProxy proxy = new StallProxy(server.port());
    parts.add(0, proxy);
    parts.add(server::close);
    return proxy;
  }

  private RoutingTable table() {
    TreeMap<String, NodeEntry> nodes = new TreeMap<>();
    nodes.put("b", entry("b", b.port(), Role.ACTIVE));
    nodes.put("c", entry("c", c.port(), Role.STANDBY));
    Map<Integer, NodeEntry> actives = new TreeMap<>();
    for (int shard = 0; shard < SHARDS; shard++) {
      actives.put(shard, nodes.get("b"));
    }
    return new RoutingTable(1, nodes, actives);
  }

  private static NodeEntry entry(String id, int port, Role role) {
    List<HeldShard> held = new ArrayList<>();
    for (int shard = 0; shard < SHARDS; shard++) {
      held.add(new HeldShard(shard, role, true, 0, 1));
    }
    return new NodeEntry(id, 1, 0, "", "127.0.0.1:" + port, "", 1, "", held);
  }

  /** Reads one document, which is not there; how long that takes is what counts. */
  void get(Key key, ReadOptions options) {
    if (router.ask(new Query.Get(1, key), options).join() instanceof Result.Failure<?> failure) {
      throw new IllegalStateException("refused: " + failure.refusal());
    }
  }

  /** A counter of the router: {@code calls}, {@code hedges}, {@code hedges.won}, {@code probes}. */
  double counter(String name) {
    return metrics.get("weir.route." + name).functionCounter().count();
  }

  @Override
  public void close() throws IOException {
    for (Closeable part : parts) {
      part.close();
    }
  }
}
