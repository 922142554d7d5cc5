package dev.weir.store.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.kafka.EmbeddedKafka;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.bootstrap.BootstrapSettings;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.snapshot.DirectoryStore;
import dev.weir.store.snapshot.Lender;
import dev.weir.store.snapshot.Manifest;
import dev.weir.store.snapshot.ManifestFile;
import dev.weir.store.snapshot.Replicas;
import dev.weir.store.snapshot.Retention;
import dev.weir.store.snapshot.SnapshotSettings;
import dev.weir.store.snapshot.SnapshotSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node without state gets it from elsewhere; the log has lost its beginning. */
@Timeout(300)
class BootstrapTest {
  private static final int SHARDS = 2;
  private static final int DOCUMENTS = 120;

  @TempDir static Path brokerDirectory;
  private static EmbeddedKafka kafka;
  @TempDir Path directory;

  @BeforeAll
  static void startBroker() {
    kafka = TestStores.broker(brokerDirectory);
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  /** Reads another node's files in this process. */
  private static final class Neighbour implements Replicas {
    private final StoreNode node;
    private final int diesAfterPieces;
    private final AtomicInteger pieces = new AtomicInteger();

    Neighbour(StoreNode node, int diesAfterPieces) {
      this.node = node;
      this.diesAfterPieces = diesAfterPieces;
    }

    @Override
    public SnapshotSource borrow(NodeEntry entry, int shard) throws IOException {
      Lender.Lent lent =
          node.lender().lend(shard).orElseThrow(() -> new IOException("not open there"));
      return new SnapshotSource() {
        @Override
        public Manifest manifest() {
          return lent.manifest();
        }

        @Override
        public InputStream open(ManifestFile file, long from) throws IOException {
          if (pieces.incrementAndGet() > diesAfterPieces) {
            throw new IOException("the node is gone");
          }
          int index = lent.manifest().files().indexOf(file);
          return new ByteArrayInputStream(
              file.size() == from
                  ? new byte[0]
                  : node.lender().read(lent.id(), index, from, Lender.MOST_BYTES));
        }

        @Override
        public String name() {
          return "node " + entry.node();
        }

        @Override
        public void close() {
          node.lender().end(lent.id());
        }
      };
    }
  }

  private static BootstrapSettings fromReplicas() {
    return new BootstrapSettings(true, Optional.empty(), 1, 0);
  }

  @Test
  void aSecondNodeGetsTheStateOfTheFirst() throws Exception {
    TestStores stores = new TestStores(kafka, "second", SHARDS, 2);
    try (StoreNode first = start(stores, "n1", fromReplicas())) {
      stores.awaitServing(first);
      CollectionDefinition notes = fill(stores, first);
      truncate(first);
      try (StoreNode second = start(stores, "n2", fromReplicas())) {
        second.bootstrap().askThrough(new Neighbour(first, Integer.MAX_VALUE));
        await()
            .atMost(TestStores.PATIENCE)
            .until(
                () ->
                    second.shards().size() == SHARDS
                        && second.shards().stream().allMatch(s -> s.serving()));
        put(stores, first, second, notes);
        for (int i = 0; i < DOCUMENTS; i++) {
          assertThat(stores.get(second, notes, "k" + i)).hasValue("" + i);
        }
        await()
            .atMost(TestStores.PATIENCE)
            .untilAsserted(
                () -> {
                  assertThat(second.bootstrap().arrivals()).isEmpty();
                  assertThat(first.lender().lent()).isZero();
                });
      }
    }
  }

  @Test
  void aSourceThatDiesIsReplacedByTheRepository() throws Exception {
    TestStores stores = new TestStores(kafka, "dies", SHARDS, 2);
    DirectoryStore repository = new DirectoryStore(directory.resolve("repository"));
    try (StoreNode first = start(stores, "n1", fromReplicas())) {
      stores.awaitServing(first);
      CollectionDefinition notes = fill(stores, first);
      snapshot(first, repository);
      truncate(first);
      try (StoreNode second =
          start(stores, "n2", new BootstrapSettings(true, Optional.of(repository), 1, 0))) {
        second.bootstrap().askThrough(new Neighbour(first, 2));
        await()
            .atMost(TestStores.PATIENCE)
            .until(
                () ->
                    second.shards().size() == SHARDS
                        && second.shards().stream().allMatch(s -> s.serving()));
        for (int i = 0; i < DOCUMENTS; i++) {
          assertThat(stores.get(second, notes, "k" + i)).hasValue("" + i);
        }
      }
    }
  }

  @Test
  void theLastNodeComesBackEmptyAndTakesTheRepository() throws Exception {
    TestStores stores = new TestStores(kafka, "lost", SHARDS, 1);
    DirectoryStore repository = new DirectoryStore(directory.resolve("repository"));
    CollectionDefinition notes;
    try (StoreNode first = start(stores, "n1", BootstrapSettings.off())) {
      stores.awaitServing(first);
      notes = fill(stores, first);
      snapshot(first, repository);
      assertThat(stores.put(first, notes, "after", "1")).isNotNull();
      truncateBelow(first, repositoryPositions(first));
    }
    try (StoreNode again =
        start(stores, "n9", new BootstrapSettings(false, Optional.of(repository), 1, 0))) {
      stores.awaitServing(again);
      for (int i = 0; i < DOCUMENTS; i++) {
        assertThat(stores.get(again, notes, "k" + i)).hasValue("" + i);
      }
      assertThat(stores.get(again, notes, "after")).hasValue("1");
    }
  }

  @Test
  void aSnapshotThatIsOlderThanTheLogIsNotUsed() throws Exception {
    TestStores stores = new TestStores(kafka, "older", SHARDS, 1);
    DirectoryStore repository = new DirectoryStore(directory.resolve("repository"));
    try (StoreNode first = start(stores, "n1", BootstrapSettings.off())) {
      stores.awaitServing(first);
      CollectionDefinition notes = fill(stores, first);
      snapshot(first, repository);
      for (int i = 0; i < DOCUMENTS; i++) {
        stores.put(first, notes, "k" + i, "new");
      }
      truncate(first);
    }
    try (StoreNode again =
        start(stores, "n9", new BootstrapSettings(false, Optional.of(repository), 1, 0))) {
      await()
          .atMost(TestStores.PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(again.bootstrap().arrivals())
                      .hasSize(SHARDS)
                      .allSatisfy(a -> assertThat(a.detail()).contains("the log begins at")));
      assertThat(again.shards()).isEmpty();
    }
  }

  @Test
  void withoutAnySourceItRefusesToStart() throws Exception {
    TestStores stores = new TestStores(kafka, "nowhere", SHARDS, 1);
    try (StoreNode first = start(stores, "n1", BootstrapSettings.off())) {
      stores.awaitServing(first);
      fill(stores, first);
      truncate(first);
    }
    assertThatThrownBy(() -> start(stores, "n2", fromReplicas()))
        .isInstanceOf(NodeStartException.class)
        .hasMessageContaining("neither does another node nor the repository")
        .hasMessageContaining("weir serve --set");
    assertThat(directory.resolve("n2/streams")).exists();
    try (StoreNode first = start(stores, "n1", fromReplicas())) {
      stores.awaitServing(first);
    }
  }

  private StoreNode start(TestStores stores, String id, BootstrapSettings bootstrapping)
      throws Exception {
    Path state = Files.createDirectories(directory.resolve(id));
    StoreConfig config = stores.config(state, id);
    return StoreNode.start(
        new StoreConfig(
            config.application(),
            config.kafka(),
            config.shards(),
            config.replicas(),
            config.replication(),
            new StoreConfig.Local(
                state, Optional.of(id), "", "", id + ":1", 2, config.local().memoryBytes()),
            config.definitions(),
            config.meters()),
        bootstrapping);
  }

  private static CollectionDefinition fill(TestStores stores, StoreNode node) throws Exception {
    CollectionDefinition notes = TestStores.define(node, "note", Writer.API);
    for (int i = 0; i < DOCUMENTS; i++) {
      stores.put(node, notes, "k" + i, "" + i);
    }
    stores.quiesce(node);
    return notes;
  }

  private static void put(
      TestStores stores, StoreNode one, StoreNode other, CollectionDefinition notes)
      throws Exception {
    int shard = stores.shard(TestStores.key("later"));
    await()
        .atMost(TestStores.PATIENCE)
        .until(
            () ->
                one.ownership().state(shard).serving() && other.ownership().state(shard).serving());
    StoreNode active = one.ownership().role(shard) == dev.weir.store.Role.ACTIVE ? one : other;
    stores.put(active, notes, "later", "1");
    await().atMost(TestStores.PATIENCE).until(() -> stores.get(other, notes, "later").isPresent());
  }

  private static void snapshot(StoreNode node, DirectoryStore repository) {
    node.startSnapshots(
        new SnapshotSettings(repository, Optional.empty(), new Retention(3, Duration.ofDays(1))));
    node.snapshots().orElseThrow().request();
    await()
        .atMost(TestStores.PATIENCE)
        .until(
            () ->
                node.snapshots().orElseThrow().status().stream()
                    .allMatch(s -> !s.running() && s.newest().isPresent()));
  }

  private static Map<Integer, Long> repositoryPositions(StoreNode node) {
    Map<Integer, Long> positions = new HashMap<>();
    node.snapshots()
        .orElseThrow()
        .status()
        .forEach(s -> positions.put(s.shard(), s.newest().orElseThrow().offset()));
    return positions;
  }

  private static void truncate(StoreNode node) throws Exception {
    Map<Integer, Long> positions = new HashMap<>();
    node.shards().forEach(s -> positions.put(s.shard(), s.position().offset()));
    truncateBelow(node, positions);
  }

  private static void truncateBelow(StoreNode node, Map<Integer, Long> positions) throws Exception {
    Map<TopicPartition, RecordsToDelete> deleted = new HashMap<>();
    positions.forEach(
        (shard, offset) ->
            deleted.put(
                new TopicPartition(node.topics().logTopic(), shard),
                RecordsToDelete.beforeOffset(offset)));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.deleteRecords(deleted).all().get();
    }
  }
}
