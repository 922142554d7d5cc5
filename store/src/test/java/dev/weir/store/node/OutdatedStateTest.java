package dev.weir.store.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.kafka.EmbeddedKafka;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.ShardStatus;
import dev.weir.store.log.TopicPlan;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node comes back with state that ends before the log begins. */
@Timeout(300)
class OutdatedStateTest {
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

  @Test
  void isReplacedFromTheOthersElseKept() throws Exception {
    TestStores stores = new TestStores(kafka, "outdated", SHARDS, 2);
    BootstrapStores nodes = new BootstrapStores(kafka, directory);
    CollectionDefinition notes;
    try (StoreNode first = nodes.start(stores, "n1", BootstrapStores.fromReplicas())) {
      stores.awaitServing(first);
      notes = BootstrapStores.fill(stores, first);
      try (StoreNode second = nodes.start(stores, "n2", BootstrapStores.fromReplicas())) {
        second.bootstrap().askThrough(new Neighbour(first, Integer.MAX_VALUE));
        awaitComplete(second);
      }
      stores.awaitServing(first);
      for (int i = 0; i < BootstrapStores.DOCUMENTS; i++) {
        stores.put(first, notes, "k" + i, "new");
      }
      nodes.truncate(first);
    }

    Path database = database("n2", 0);
    assertThatThrownBy(() -> nodes.start(stores, "n2", BootstrapStores.fromReplicas()))
        .isInstanceOf(NodeStartException.class)
        .hasMessageContaining("the state here ends before that");
    assertThat(database.resolve("CURRENT")).as("nobody has another one").exists();

    try (StoreNode first = nodes.start(stores, "n1", BootstrapStores.fromReplicas())) {
      stores.awaitServing(first);
      try (StoreNode second = nodes.start(stores, "n2", BootstrapStores.fromReplicas())) {
        assertThat(directory.resolve("n2/arriving/0/replaced/CURRENT")).exists();
        second.bootstrap().askThrough(new Neighbour(first, Integer.MAX_VALUE));
        awaitComplete(second);
        for (int i = 0; i < BootstrapStores.DOCUMENTS; i++) {
          assertThat(stores.get(second, notes, "k" + i)).hasValue("new");
        }
        await()
            .atMost(TestStores.PATIENCE)
            .untilAsserted(() -> assertThat(directory.resolve("n2/arriving")).isEmptyDirectory());
      }
    }
  }

  private Path database(String node, int shard) {
    return new ShardDirectories(
            directory.resolve(node).resolve("streams"), new TopicPlan("outdated", 0, SHARDS))
        .database(shard);
  }

  private static void awaitComplete(StoreNode node) {
    await()
        .atMost(TestStores.PATIENCE)
        .until(
            () ->
                node.shards().size() == SHARDS
                    && node.shards().stream().allMatch(ShardStatus::serving));
  }
}
