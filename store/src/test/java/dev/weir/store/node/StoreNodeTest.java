package dev.weir.store.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.kafka.EmbeddedKafka;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.DefinitionChange;
import dev.weir.store.Document;
import dev.weir.store.KeyRange;
import dev.weir.store.Outcome;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.Refusal;
import dev.weir.store.streams.InteractiveQuery;
import dev.weir.store.streams.ShardSetup;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.query.StateQueryRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreNodeTest {
  private static final int SHARDS = 3;

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
  void answersWhatWasWrittenAndStillDoesAfterARestart() throws Exception {
    TestStores stores = new TestStores(kafka, "restart", SHARDS, 1);
    Map<String, String> model = new HashMap<>();
    CollectionDefinition notes;
    try (StoreNode node = stores.start(directory, "n1")) {
      stores.awaitServing(node);
      notes = TestStores.define(node, "note", Writer.API);
      for (int i = 0; i < 50; i++) {
        assertThat(stores.put(node, notes, "k" + i, "{\"n\":" + i + "}"))
            .isInstanceOfSatisfying(Outcome.Stored.class, s -> assertThat(s.created()).isTrue());
        model.put("k" + i, "{\"n\":" + i + "}");
      }
      assertThat(stores.put(node, notes, "k1", "1"))
          .isInstanceOfSatisfying(Outcome.Stored.class, s -> assertThat(s.created()).isFalse());
      model.put("k1", "1");
      assertThat(stores.delete(node, notes, "k2")).isEqualTo(new Outcome.Removed(true));
      model.remove("k2");
      expect(stores, node, notes, model);
    }
    try (StoreNode node = stores.start(directory, "n1")) {
      stores.awaitServing(node);
      expect(stores, node, notes, model);
      assertThat(node.catalogue().collection("note")).contains(notes);
    }
  }

  private static void expect(
      TestStores stores, StoreNode node, CollectionDefinition notes, Map<String, String> model) {
    for (int i = 0; i < 51; i++) {
      assertThat(stores.get(node, notes, "k" + i))
          .isEqualTo(Optional.ofNullable(model.get("k" + i)));
    }
    long count = 0;
    Map<String, String> scanned = new TreeMap<>();
    for (int shard = 0; shard < SHARDS; shard++) {
      count += answer(node, shard, new Query.Count(notes.id()));
      Query.Page page =
          answer(node, shard, new Query.Scan(notes.id(), KeyRange.all(), Query.Order.ASC, 1000));
      assertThat(page.more()).isFalse();
      for (Document document : page.documents()) {
        scanned.put(text(document.key().bytes()), text(document.value()));
      }
    }
    assertThat(count).isEqualTo(model.size());
    assertThat(scanned).isEqualTo(new TreeMap<>(model));
  }

  @Test
  void answersTheSameThroughInteractiveQueries() throws Exception {
    TestStores stores = new TestStores(kafka, "iq", SHARDS, 1);
    try (StoreNode node = stores.start(directory, "n1")) {
      stores.awaitServing(node);
      CollectionDefinition notes = TestStores.define(node, "note", Writer.API);
      stores.put(node, notes, "a", "1");
      int shard = stores.shard(TestStores.key("a"));

      Query<Optional<Document>> get = new Query.Get(notes.id(), TestStores.key("a"));
      QueryResult<Optional<Document>> result =
          node.streams()
              .query(
                  StateQueryRequest.inStore(ShardSetup.storeName(0))
                      .withQuery(new InteractiveQuery<>(get)))
              .getPartitionResults()
              .get(shard);

      assertThat(result.isSuccess()).isTrue();
      assertThat(Optional.of(result.getResult())).contains(answer(node, shard, get));
    }
  }

  @Test
  void refusesWhatItDoesNotKnow() throws Exception {
    TestStores stores = new TestStores(kafka, "unknown", SHARDS, 1);
    try (StoreNode node = stores.start(directory, "n1")) {
      stores.awaitServing(node);
      assertThat(node.reader().read(0, new Query.Get(7, TestStores.key("a"))))
          .isEqualTo(new ReadResult.Refused<>(new Refusal.UnknownCollection(7)));
    }
  }

  @Test
  void dropsACollectionOnEveryShard() throws Exception {
    TestStores stores = new TestStores(kafka, "drop", SHARDS, 1);
    try (StoreNode node = stores.start(directory, "n1")) {
      stores.awaitServing(node);
      CollectionDefinition notes = TestStores.define(node, "note", Writer.API);
      for (int i = 0; i < 60; i++) {
        stores.put(node, notes, "k" + i, "1");
      }
      TestStores.change(node, new DefinitionChange.DropCollection("note"));
      CollectionDefinition again = TestStores.define(node, "note", Writer.API);
      assertThat(again.id()).isNotEqualTo(notes.id());
      assertThat(stores.get(node, again, "k1")).isEmpty();
      await()
          .atMost(TestStores.PATIENCE)
          .untilAsserted(
              () -> {
                for (int shard = 0; shard < SHARDS; shard++) {
                  assertThat(stores.fold(node, shard)).noneMatch(e -> e.startsWith("2000000001"));
                }
              });
      stores.awaitCaughtUp(node);
    }
    for (int shard = 0; shard < SHARDS; shard++) {
      assertThat(stores.dump(directory, shard)).noneMatch(e -> e.startsWith("2000000001"));
    }
  }

  private static <R> R answer(StoreNode node, int shard, Query<R> query) {
    ReadResult<R> result = node.reader().read(shard, query);
    assertThat(result).isInstanceOf(ReadResult.Answer.class);
    return ((ReadResult.Answer<R>) result).value();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }
}
