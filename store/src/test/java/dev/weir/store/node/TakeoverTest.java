package dev.weir.store.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.kafka.EmbeddedKafka;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.routing.Standing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a node whose place in the group is taken, or taken away. */
class TakeoverTest {
  private static final int SHARDS = 2;

  @TempDir private static Path directory;
  private static EmbeddedKafka kafka;
  private static Admin admin;

  @BeforeAll
  static void start() {
    kafka = TestStores.broker(directory.resolve("kafka"));
    admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }

  @AfterAll
  static void stop() {
    admin.close();
    kafka.close();
  }

  @Test
  void anotherProcessWithTheSameIdTakesThePlaceAndTheFirstOneSaysSo() throws Exception {
    TestStores stores = new TestStores(kafka, "twins", SHARDS, 1);
    StoreNode first = stores.start(directory.resolve("twin-1"), "n1");
    try (StoreNode second = start(stores, first, "twin-2")) {
      await()
          .atMost(TestStores.PATIENCE)
          .until(
              () -> first.failure().filter(why -> why.contains("joined as node 'n1'")).isPresent());
      stores.awaitServing(second);
      first.close();
      await()
          .atMost(TestStores.PATIENCE)
          .until(
              () -> {
                NodeEntry shown = second.membership().table().nodes().get("n1");
                return shown != null && shown.session() == second.session();
              });
      assertThat(second.failure()).isEmpty();
    }
  }

  @Test
  void theFirstOneTakesItsPlaceAgainWhenTheOtherProcessHasGone() throws Exception {
    TestStores stores = new TestStores(kafka, "again", SHARDS, 1);
    try (StoreNode first = stores.start(directory.resolve("again-1"), "n1")) {
      StoreNode second = start(stores, first, "again-2");
      await().atMost(TestStores.PATIENCE).until(() -> first.failure().isPresent());
      stores.awaitServing(second);
      second.close();
      stores.awaitServing(first);
      await().atMost(TestStores.PATIENCE).until(() -> first.failure().isEmpty());
      await()
          .atMost(TestStores.PATIENCE)
          .until(() -> first.membership().table().actives().size() == SHARDS);
      CollectionDefinition notes = TestStores.define(first, "note", Writer.API);
      stores.put(first, notes, "a", "1");
      assertThat(stores.get(first, notes, "a")).contains("1");
    }
  }

  private static StoreNode start(TestStores stores, StoreNode first, String state)
      throws Exception {
    stores.awaitServing(first);
    return stores.start(directory.resolve(state), "n1");
  }

  @Test
  void aNodeThatIsEvictedByMistakeJoinsAgainAndLosesNothing() throws Exception {
    TestStores stores = new TestStores(kafka, "mistake", SHARDS, 1);
    try (StoreNode victim = stores.start(directory.resolve("victim"), "n1");
        StoreNode other = stores.start(directory.resolve("other"), "n2")) {
      await()
          .atMost(TestStores.PATIENCE)
          .until(
              () ->
                  other.membership().table().actives().size() == SHARDS
                      && other.membership().table().nodes().size() == 2);
      NodeEntry entry = other.membership().table().nodes().get("n1");
      assertThat(entry.standing()).isEqualTo(new Standing(List.of("n1-1", "n1-2"), Duration.ZERO));

      assertThat(evictor(other).evict(entry, () -> false)).as("seen again").isFalse();
      boolean evicted = evictor(other).evict(entry, () -> true);
      assertThat(evicted).isTrue();
      await()
          .atMost(TestStores.PATIENCE)
          .until(() -> served(victim) + served(other) == SHARDS && served(victim) > 0);
      assertThat(victim.failure()).isEmpty();
      assertThat(evictor(other).evict(session(entry, 5), () -> true))
          .as("another session")
          .isFalse();
    }
  }

  @Test
  void whoComesBackInTimeFindsItsPlaceAndItsStateAsTheyWere() throws Exception {
    TestStores stores = new TestStores(kafka, "returning", SHARDS, 1);
    Path state = directory.resolve("returning");
    StoreNode node = stores.start(state, "n1");
    stores.awaitServing(node);
    CollectionDefinition notes = TestStores.define(node, "note", Writer.API);
    stores.put(node, notes, "a", "1");
    node.failover().announceRestart();
    node.close();
    try (StoreNode again = stores.start(state, "n1")) {
      stores.awaitServing(again);
      assertThat(stores.get(again, notes, "a")).contains("1");
      stores.put(again, notes, "a", "2");
      assertThat(stores.get(again, notes, "a")).contains("2");
    }
  }

  private static NodeEntry session(NodeEntry entry, long session) {
    return new NodeEntry(entry.node(), session, 0, "", "", "", 1, "", List.of(), entry.standing());
  }

  private static GroupEvictor evictor(StoreNode node) {
    return new GroupEvictor(admin, node.topics(), node.membership());
  }

  private static long served(StoreNode node) {
    return node.shards().stream().filter(s -> s.serving()).count();
  }
}
