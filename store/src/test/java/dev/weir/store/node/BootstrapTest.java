package dev.weir.store.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.kafka.EmbeddedKafka;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.DefinitionChange;
import dev.weir.store.DefinitionChange.Mode;
import dev.weir.store.DefinitionSamples;
import dev.weir.store.bootstrap.BootstrapSettings;
import dev.weir.store.bootstrap.Neighbours;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.snapshot.DirectoryStore;
import dev.weir.store.snapshot.Replicas;
import dev.weir.store.snapshot.Retention;
import dev.weir.store.snapshot.SnapshotSettings;
import dev.weir.store.snapshot.SnapshotSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node without state gets it from elsewhere; the log has lost its beginning. */
@Timeout(300)
class BootstrapTest {
  private static final int SHARDS = 2;

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

  private BootstrapStores nodes() {
    return new BootstrapStores(kafka, directory);
  }

  /** With a log whose beginning is gone: KAFKA-6643. */
  @Test
  void aSecondNodeGetsTheStateOfTheFirst() throws Exception {
    TestStores stores = new TestStores(kafka, "second", SHARDS, 2);
    try (StoreNode first = nodes().start(stores, "n1", BootstrapStores.fromReplicas())) {
      stores.awaitServing(first);
      CollectionDefinition notes = BootstrapStores.fill(stores, first);
      nodes().truncate(first);
      try (StoreNode second = nodes().start(stores, "n2", BootstrapStores.fromReplicas())) {
        second.bootstrap().askThrough(new Neighbour(first, Integer.MAX_VALUE));
        await()
            .atMost(TestStores.PATIENCE)
            .until(
                () ->
                    second.shards().size() == SHARDS
                        && second.shards().stream().allMatch(s -> s.serving()));
        put(stores, first, second, notes);
        for (int i = 0; i < BootstrapStores.DOCUMENTS; i++) {
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
  void whoKnowsItsNeighboursFetchesWhileItStartsAndForgetsThemAtItsEnd() throws Exception {
    TestStores stores = new TestStores(kafka, "early", SHARDS, 2);
    AtomicBoolean closed = new AtomicBoolean();
    try (StoreNode first = nodes().start(stores, "n1", BootstrapStores.fromReplicas())) {
      stores.awaitServing(first);
      CollectionDefinition notes = BootstrapStores.fill(stores, first);
      Neighbour lends = new Neighbour(first, Integer.MAX_VALUE);
      Neighbours neighbours =
          (node, log) -> {
            assertThat(node).isEqualTo("n2");
            assertThat(log.logId()).isEqualTo(first.logId());
            return new Replicas() {
              @Override
              public SnapshotSource borrow(NodeEntry from, int shard) throws IOException {
                return lends.borrow(from, shard);
              }

              @Override
              public void close() {
                closed.set(true);
              }
            };
          };
      try (StoreNode second =
          nodes().start(stores, "n2", BootstrapStores.fromReplicas(), Optional.of(neighbours))) {
        await()
            .atMost(TestStores.PATIENCE)
            .until(
                () ->
                    second.shards().size() == SHARDS
                        && second.shards().stream().allMatch(s -> s.serving()));
        for (int i = 0; i < BootstrapStores.DOCUMENTS; i++) {
          assertThat(stores.get(second, notes, "k" + i)).hasValue("" + i);
        }
      }
      assertThat(closed).isTrue();
    }
  }

  @Test
  void aSourceThatDiesIsReplacedByTheRepository() throws Exception {
    TestStores stores = new TestStores(kafka, "dies", SHARDS, 2);
    DirectoryStore repository = new DirectoryStore(directory.resolve("repository"));
    try (StoreNode first = nodes().start(stores, "n1", BootstrapStores.fromReplicas())) {
      stores.awaitServing(first);
      CollectionDefinition notes = BootstrapStores.fill(stores, first);
      snapshot(first, repository);
      nodes().truncate(first);
      try (StoreNode second =
          nodes().start(stores, "n2", new BootstrapSettings(true, Optional.of(repository), 1, 0))) {
        second.bootstrap().askThrough(new Neighbour(first, 2));
        await()
            .atMost(TestStores.PATIENCE)
            .until(
                () ->
                    second.shards().size() == SHARDS
                        && second.shards().stream().allMatch(s -> s.serving()));
        for (int i = 0; i < BootstrapStores.DOCUMENTS; i++) {
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
    try (StoreNode first = nodes().start(stores, "n1", BootstrapSettings.off())) {
      stores.awaitServing(first);
      notes = BootstrapStores.fill(stores, first);
      snapshot(first, repository);
      assertThat(stores.put(first, notes, "after", "1")).isNotNull();
      nodes().truncateBelow(first, repositoryPositions(first));
    }
    try (StoreNode again =
        nodes().start(stores, "n9", new BootstrapSettings(false, Optional.of(repository), 1, 0))) {
      stores.awaitServing(again);
      for (int i = 0; i < BootstrapStores.DOCUMENTS; i++) {
        assertThat(stores.get(again, notes, "k" + i)).hasValue("" + i);
      }
      assertThat(stores.get(again, notes, "after")).hasValue("1");
    }
  }

  @Test
  void aSnapshotThatIsOlderThanTheLogIsNotUsed() throws Exception {
    TestStores stores = new TestStores(kafka, "older", SHARDS, 1);
    DirectoryStore repository = new DirectoryStore(directory.resolve("repository"));
    BootstrapSettings both = new BootstrapSettings(true, Optional.of(repository), 1, 0);
    try (StoreNode first = nodes().start(stores, "n1", BootstrapSettings.off())) {
      stores.awaitServing(first);
      CollectionDefinition notes = BootstrapStores.fill(stores, first);
      snapshot(first, repository);
      for (int i = 0; i < BootstrapStores.DOCUMENTS; i++) {
        stores.put(first, notes, "k" + i, "new");
      }
      nodes().truncate(first);
      // Another node has what is missing, but does not give it.
      try (StoreNode again = nodes().start(stores, "n9", both)) {
        again.bootstrap().askThrough(new Neighbour(first, 0));
        await()
            .atMost(TestStores.PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(again.bootstrap().arrivals())
                        .isNotEmpty()
                        .allSatisfy(a -> assertThat(a.detail()).contains("the log begins at")));
        assertThat(again.shards()).isEmpty();
      }
    }
    assertThatThrownBy(() -> nodes().start(stores, "n9", both))
        .isInstanceOf(NodeStartException.class)
        .hasMessageContaining("neither another node nor the repository has one");
  }

  @Test
  void withoutAnySourceItRefusesToStart() throws Exception {
    TestStores stores = new TestStores(kafka, "nowhere", SHARDS, 1);
    try (StoreNode first = nodes().start(stores, "n1", BootstrapSettings.off())) {
      stores.awaitServing(first);
      BootstrapStores.fill(stores, first);
      nodes().truncate(first);
    }
    assertThatThrownBy(
            () ->
                StoreNode.start(
                    withASource(
                        stores.config(Files.createDirectories(directory.resolve("n2")), "n2")),
                    BootstrapStores.fromReplicas()))
        .isInstanceOf(NodeStartException.class)
        .hasMessageContaining("neither another node nor the repository has one")
        .hasMessageContaining("weir serve --set")
        .hasMessageContaining("the sources [orders] again");
    assertThat(directory.resolve("n2/streams")).exists();
    try (StoreNode first = nodes().start(stores, "n1", BootstrapStores.fromReplicas())) {
      stores.awaitServing(first);
    }
  }

  private static StoreConfig withASource(StoreConfig config) {
    return new StoreConfig(
        config.application(),
        config.kafka(),
        config.shards(),
        config.replicas(),
        config.replication(),
        config.local(),
        List.of(
            new DefinitionChange.PutSource(
                DefinitionSamples.plainSource("orders", "note"), Mode.SEED)),
        config.meters());
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
    // The shard may still move to the node that has come.
    await()
        .atMost(TestStores.PATIENCE)
        .untilAsserted(
            () -> {
              boolean here = one.ownership().role(shard) == dev.weir.store.Role.ACTIVE;
              stores.put(here ? one : other, notes, "later", "1");
            });
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
}
