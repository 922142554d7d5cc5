package dev.weir.store.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.kafka.EmbeddedKafka;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.DefinitionChange;
import dev.weir.store.DefinitionChange.Mode;
import dev.weir.store.Document;
import dev.weir.store.KeyRange;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.SourceDefinition;
import dev.weir.store.SourceDefinition.Condition;
import dev.weir.store.SourceDefinition.KeyFormat;
import dev.weir.store.SourceDefinition.KeyFrom;
import dev.weir.store.SourceDefinition.Mapping;
import dev.weir.store.SourceDefinition.Start;
import dev.weir.store.ingest.Watermarks;
import dev.weir.store.write.LogRecord.Origin;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a source topic to the documents, over the real log, fold and emitter. */
class SourceToStoreTest {
  private static final int SHARDS = 3;
  private static final String TOPIC = "rows";

  @TempDir Path brokerDirectory;
  @TempDir Path directory;
  private final Map<String, String> rows = new TreeMap<>();
  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  @Test
  void documentsFollowTheirRowsOverRestartsAndALostGroup() throws Exception {
    try (EmbeddedKafka kafka = TestStores.broker(brokerDirectory);
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1))).all().get();
      TestStores stores = new TestStores(kafka, "sources", SHARDS, 1);
      String group;
      try (StoreNode node = stores.start(directory, "n1")) {
        stores.awaitServing(node);
        group = node.topics().ingestGroup("row");
        TestStores.define(node, "item", Writer.SOURCE);
        TestStores.change(node, new DefinitionChange.PutSource(source(), Mode.APPLY));
        node.startIngest(origin -> lowest(node, origin), CopyTerms.defaults());
        produce(kafka, 400);
        expectDocuments(node);
      }
      produce(kafka, 200);
      admin.deleteConsumerGroups(List.of(group)).all().get();
      try (StoreNode node = stores.start(directory, "n1")) {
        stores.awaitServing(node);
        node.startIngest(origin -> lowest(node, origin), CopyTerms.defaults());
        produce(kafka, 200);
        expectDocuments(node);
        expectDeadLetters(node);
      }
    }
  }

  @Test
  void aLogThatWasCreatedAnewIsFilledAnew() throws Exception {
    try (EmbeddedKafka kafka = TestStores.broker(brokerDirectory);
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1))).all().get();
      TestStores stores = new TestStores(kafka, "sources", SHARDS, 1);
      produce(kafka, 200);
      for (String round : List.of("first", "second")) {
        try (StoreNode node = stores.start(directory.resolve(round), "n1")) {
          stores.awaitServing(node);
          TestStores.define(node, "item", Writer.SOURCE);
          TestStores.change(node, new DefinitionChange.PutSource(source(), Mode.APPLY));
          node.startIngest(origin -> lowest(node, origin), CopyTerms.defaults());
          expectDocuments(node);
        }
        admin
            .deleteTopics(
                admin.listTopics().names().get().stream()
                    .filter(name -> name.startsWith("sources."))
                    .toList())
            .all()
            .get();
      }
    }
  }

  /** Rows of the topic become items under the key in their field id, while they are live. */
  private static SourceDefinition source() {
    Mapping mapping =
        new Mapping(
            KeyFrom.TRACKED,
            KeyFormat.TEXT,
            List.of("id"),
            List.of(new Condition("live", Condition.Test.IN, List.of("true"))),
            List.of("live"),
            Map.of("n", "number"),
            Start.EARLIEST);
    return new SourceDefinition(0, "row", TOPIC, "item", mapping, 1);
  }

  /** Random changes of 20 rows: new keys, tombstones, rows that are not live, bad records. */
  private void produce(EmbeddedKafka kafka, int changes) throws Exception {
    Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
      Future<?> last = null;
      for (int n = 0; n < changes; n++) {
        String row = "row" + random.nextInt(20);
        String value = change(row, n);
        last = producer.send(new ProducerRecord<>(TOPIC, row, value));
      }
      producer.flush();
      if (last != null) {
        last.get();
      }
    }
  }

  private @Nullable String change(String row, int n) {
    int dice = random.nextInt(20);
    if (dice == 0) {
      return "{not JSON";
    }
    if (dice < 4) {
      rows.remove(row);
      return dice == 1 ? null : "{\"id\":\"" + row + "\",\"live\":false}";
    }
    String id = row + "-" + random.nextInt(3);
    rows.put(row, id + "={\"id\":\"" + id + "\",\"number\":" + n + "}");
    return "{\"id\":\"" + id + "\",\"live\":true,\"n\":" + n + "}";
  }

  private void expectDocuments(StoreNode node) {
    List<String> expected = rows.values().stream().sorted().toList();
    await()
        .alias("seed " + seed)
        .atMost(TestStores.PATIENCE)
        .untilAsserted(() -> assertThat(documents(node)).isEqualTo(expected));
  }

  /** Documents show before the acknowledgements that make a record count have been taken in. */
  private void expectDeadLetters(StoreNode node) {
    await()
        .alias("seed " + seed)
        .atMost(TestStores.PATIENCE)
        .until(() -> node.sources().get(0).counts().deadLetters() > 0);
  }

  private static List<String> documents(StoreNode node) {
    CollectionDefinition items = node.catalogue().collection("item").orElseThrow();
    Query.Scan all = new Query.Scan(items.id(), KeyRange.all(), Query.Order.ASC, 1000);
    Map<String, String> found = new TreeMap<>();
    for (int shard = 0; shard < SHARDS; shard++) {
      ReadResult<Query.Page> result = node.reader().read(shard, all);
      assertThat(result).isInstanceOf(ReadResult.Answer.class);
      for (Document document : ((ReadResult.Answer<Query.Page>) result).value().documents()) {
        found.put(text(document.key().bytes()), text(document.value()));
      }
    }
    return found.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).sorted().toList();
  }

  private static Watermarks.Answer lowest(StoreNode node, Origin origin) {
    Query.Progress progress =
        new Query.Progress(origin.source(), origin.topicId(), origin.partition());
    Query.Reached together = new Query.Reached(false, Long.MAX_VALUE);
    for (int shard = 0; shard < SHARDS; shard++) {
      ReadResult<Query.Reached> result = node.reader().read(shard, progress);
      if (!(result instanceof ReadResult.Answer<Query.Reached> answer)) {
        return new Watermarks.Answer.Unknown("shard " + shard + " does not answer");
      }
      together = together.and(answer.value());
    }
    return together.any()
        ? new Watermarks.Answer.Lowest(together.lowest())
        : new Watermarks.Answer.None();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
