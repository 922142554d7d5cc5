package dev.weir.query.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.PeerReply;
import dev.weir.query.ShardQuery;
import dev.weir.query.SharedKey;
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
import dev.weir.store.Query;
import dev.weir.store.ShardGate;
import dev.weir.store.ShardReader;
import dev.weir.store.ShardWriter;
import dev.weir.store.routing.NodeEntry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.AfterEach;

/** Nodes that can be started and called, with three shards in memory; ends them after each test. */
abstract class PeerFixture {
  static final SharedKey KEY = SharedKey.of("a key of sixteen".getBytes(StandardCharsets.UTF_8));
  static final Uuid LOG = new Uuid(1, 2);
  static final Duration SOON = Duration.ofSeconds(10);
  static final PeerSettings SETTINGS =
      new PeerSettings(
          1,
          new PeerSettings.InFlight(64, 64),
          1 << 20,
          1 << 18,
          2,
          new PeerSettings.Timing(
              Duration.ofSeconds(2),
              Duration.ofSeconds(2),
              Duration.ofMillis(10),
              Duration.ofMillis(50),
              Duration.ofSeconds(1)));

  private final List<AutoCloseable> open = new ArrayList<>();
  final InMemoryShards shards = new InMemoryShards(() -> 42L);

  PeerFixture() {
    for (int shard = 0; shard < 3; shard++) {
      InMemoryShard state = new InMemoryShard(shard, LOG, 0);
      CollectionDefinition collection =
          new CollectionDefinition(1, "c", KeyType.Scalar.STRING, "bytes", Writer.API, null, 1);
      state.fold(new Operation.Adopt(new Catalogue(1, 2, List.of(collection), List.of())), 0);
      shards.hold(shard, state);
    }
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  final PeerServer serve(String node, ShardReader reader, ShardWriter writer) throws IOException {
    return serve(node, 0, reader, writer);
  }

  final PeerServer serve(String node, int port, ShardReader reader, ShardWriter writer)
      throws IOException {
    PeerServer server =
        PeerServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            new PeerIdentity(node, "app", LOG, 0, KEY),
            new PeerServices(reader, ShardGate.OPEN, writer, shards::status, () -> 17L),
            SETTINGS);
    open.add(server);
    return server;
  }

  final PeerClient client(String node, SharedKey key) {
    return client(new PeerIdentity(node, "app", LOG, 0, key));
  }

  final PeerClient client(PeerIdentity self) {
    PeerClient client = new PeerClient(self, SETTINGS, Runnable::run);
    open.add(0, client);
    return client;
  }

  static NodeEntry entry(String node, int port) {
    return new NodeEntry(node, 1, 0, "", "127.0.0.1:" + port, "", 1, "", List.of());
  }

  static <T> T answered(PeerReply<T> reply) {
    assertThat(reply).isInstanceOf(PeerReply.Answered.class);
    PeerReply.Answered<T> answered = (PeerReply.Answered<T>) reply;
    assertThat(answered.routingVersion()).isEqualTo(17);
    return answered.value();
  }

  static ShardQuery<Optional<Document>> get(int shard, String key) {
    return new ShardQuery<>(shard, new Query.Get(1, key(key)));
  }

  static ShardQuery<Query.Page> scan(int shard) {
    return new ShardQuery<>(shard, new Query.Scan(1, KeyRange.all(), Query.Order.ASC, 10));
  }

  static Operation put(String key, String value) {
    return new Operation.Put(1, key(key), bytes(value));
  }

  static Key key(String key) {
    return Key.ofEncoded(bytes(key));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
