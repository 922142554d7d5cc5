package dev.weir.store.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.DefinitionChange;
import dev.weir.store.DefinitionChange.Mode;
import dev.weir.store.DefinitionSamples;
import dev.weir.store.Document;
import dev.weir.store.Key;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.ShardMap;
import dev.weir.store.WriteResult;
import dev.weir.store.rocksdb.RocksResources;
import dev.weir.store.rocksdb.RocksShard;
import dev.weir.store.routing.ShardState;
import dev.weir.store.streams.ShardSetup;
import dev.weir.store.testing.MapState;
import dev.weir.store.write.StateKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KafkaStreams;

/** Starts store nodes on a broker, and talks to them as one application. */
final class TestStores {
  static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long MIB = 1024 * 1024;

  private final EmbeddedKafka kafka;
  private final String application;
  private final int shards;
  private final int replicas;

  TestStores(EmbeddedKafka kafka, String application, int shards, int replicas) {
    this.kafka = kafka;
    this.application = application;
    this.shards = shards;
    this.replicas = replicas;
  }

  StoreConfig config(Path directory, String nodeId) {
    return config(directory, nodeId, "");
  }

  StoreConfig config(Path directory, String nodeId, String rack) {
    return new StoreConfig(
        application,
        Map.of("bootstrap.servers", kafka.bootstrapServers()),
        shards,
        replicas,
        OptionalInt.empty(),
        new StoreConfig.Local(directory, Optional.of(nodeId), rack, "", "", 2, 64 * MIB),
        List.of(),
        new SimpleMeterRegistry());
  }

  StoreNode start(Path directory, String nodeId) throws Exception {
    return StoreNode.start(config(directory, nodeId));
  }

  /** A broker that lets the threads of a node join together. */
  static EmbeddedKafka broker(Path directory) {
    return EmbeddedKafka.start(
        Options.in(directory).withBrokerProperty("group.initial.rebalance.delay.ms", "1000"));
  }

  /** Waits until a node is the serving active of all shards. */
  void awaitServing(StoreNode node) {
    awaitServing(node, shards);
  }

  static void awaitServing(StoreNode node, int shards) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              for (int shard = 0; shard < shards; shard++) {
                if (node.ownership().state(shard) != ShardState.ACTIVE_SERVING) {
                  return false;
                }
              }
              return node.streams().state() == KafkaStreams.State.RUNNING;
            });
  }

  /** Waits until every shard of a node has folded all of its log. */
  void awaitCaughtUp(StoreNode node) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                node.shards().size() == shards
                    && node.shards().stream().allMatch(s -> s.lag() == 0));
  }

  /** Waits until nothing is left to send and to fold. */
  void quiesce(StoreNode node) {
    await()
        .atMost(TestStores.PATIENCE)
        .until(
            () -> {
              for (int shard = 0; shard < shards; shard++) {
                // Outbox entries (04) and continuations (07) are gone once all is sent and trimmed.
                if (fold(node, shard).stream()
                    .anyMatch(e -> e.startsWith("04") || e.startsWith("07"))) {
                  return false;
                }
              }
              return true;
            });
    awaitCaughtUp(node);
  }

  static CollectionDefinition define(StoreNode node, String name, Writer writer) throws Exception {
    return define(node, name, writer, null);
  }

  static CollectionDefinition define(StoreNode node, String name, Writer writer, String schema)
      throws Exception {
    CollectionDefinition definition =
        new CollectionDefinition(0, name, KeyType.Scalar.STRING, "json", writer, schema, 1);
    change(node, new DefinitionChange.PutCollection(definition, Mode.APPLY));
    return node.catalogue().collection(name).orElseThrow();
  }

  /** Declares a source that nobody reads: its records are appended by the test. */
  static int defineSource(StoreNode node, String name, CollectionDefinition fed) throws Exception {
    change(
        node,
        new DefinitionChange.PutSource(
            DefinitionSamples.plainSource(name, fed.name()), Mode.APPLY));
    return node.catalogue().source(name).orElseThrow().id();
  }

  /** Changes the definitions and waits until every shard of the node has them. */
  static void change(StoreNode node, DefinitionChange change) throws Exception {
    Outcome outcome = submit(node, 0, new Operation.Define(List.of(change)));
    assertThat(outcome).isInstanceOf(Outcome.Defined.class);
    int revision = ((Outcome.Defined) outcome).revision();
    await()
        .atMost(PATIENCE)
        .until(() -> node.shards().stream().allMatch(s -> s.catalogueRevision() >= revision));
  }

  Outcome put(StoreNode node, CollectionDefinition collection, String key, String value)
      throws Exception {
    Key encoded = key(key);
    return submit(node, shard(encoded), new Operation.Put(collection.id(), encoded, bytes(value)));
  }

  Outcome delete(StoreNode node, CollectionDefinition collection, String key) throws Exception {
    return submit(node, shard(key(key)), new Operation.Delete(collection.id(), key(key)));
  }

  Optional<String> get(StoreNode node, CollectionDefinition collection, String key) {
    ReadResult<Optional<Document>> result =
        node.reader().read(shard(key(key)), new Query.Get(collection.id(), key(key)));
    assertThat(result).isInstanceOf(ReadResult.Answer.class);
    return ((ReadResult.Answer<Optional<Document>>) result)
        .value()
        .map(d -> new String(d.value(), UTF_8));
  }

  static Outcome submit(StoreNode node, int shard, Operation operation) throws Exception {
    WriteResult result = node.writer().submit(shard, operation).get(30, TimeUnit.SECONDS);
    assertThat(result).isInstanceOf(WriteResult.Decided.class);
    return ((WriteResult.Decided) result).outcome();
  }

  int shard(Key key) {
    return new ShardMap(shards).shardOf(key);
  }

  static Key key(String text) {
    return Key.ofEncoded(bytes(text));
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** Every entry that the fold of a shard's log makes, without the database's identity. */
  List<String> fold(StoreNode node, int shard) {
    return LogReader.dump(folded(node, shard));
  }

  /** The state that the fold of a shard's log makes. */
  MapState folded(StoreNode node, int shard) {
    return LogReader.fold(
        LogReader.read(kafka.bootstrapServers(), node.topics().logTopic(), shard),
        node.logId(),
        shard,
        shards);
  }

  /** Every entry of a shard's database that nobody has open, as hexadecimal text. */
  List<String> dump(Path directory, int shard) {
    Path database =
        directory
            .resolve("streams")
            .resolve(application + ".store.g0")
            .resolve("0_" + shard)
            .resolve(ShardSetup.storeName(0));
    List<String> entries = new ArrayList<>();
    try (RocksResources resources = new RocksResources(32 * MIB);
        RocksShard open = RocksShard.open(database, resources);
        var walk = open.walk(new byte[] {0}, new byte[] {(byte) 0xff}, false)) {
      HexFormat hex = HexFormat.of();
      for (; walk.valid(); walk.next()) {
        if (Arrays.equals(walk.key(), StateKeys.identity())) {
          continue;
        }
        entries.add(hex.formatHex(walk.key()) + "=" + hex.formatHex(walk.value()));
      }
    }
    return entries;
  }
}
