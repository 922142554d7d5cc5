package dev.weir.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kafka.EmbeddedKafka;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Condition;
import dev.weir.store.DefinitionChange;
import dev.weir.store.Key;
import dev.weir.store.Operation;
import dev.weir.store.log.LogProducer;
import dev.weir.store.log.LogProducerTuning;
import dev.weir.store.log.TopicPlan;
import dev.weir.store.write.Fingerprint;
import dev.weir.store.write.LogRecord;
import dev.weir.store.write.LogRecord.Origin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The invariant, on a real broker: whether a state was processed live, restored, processed again
 * from the beginning or followed as a standby, it equals the fold of its log byte for byte. The log
 * holds poison, repetitions, broken chains, records that the shards append themselves, and
 * definitions that come and go.
 */
class ReplayTest {
  private static final int SHARDS = 2;
  private static final long SEED = 20261121;

  @TempDir static Path brokerDirectory;
  private static EmbeddedKafka kafka;
  @TempDir Path live;
  @TempDir Path restored;
  @TempDir Path again;

  private final TestStores stores = new TestStores(kafka, "replay", SHARDS, 2);
  private final Random random = new Random(SEED);

  @BeforeAll
  static void startBroker() {
    kafka = TestStores.broker(brokerDirectory);
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @Test
  void everyWayToTheStateGivesTheSameBytes() throws Exception {
    List<List<String>> expected = new ArrayList<>();
    try (StoreNode node = stores.start(live, "live")) {
      stores.awaitServing(node);
      CollectionDefinition notes = TestStores.define(node, "note", Writer.API);
      CollectionDefinition people = TestStores.define(node, "person", Writer.SOURCE);
      CollectionDefinition checked =
          TestStores.define(node, "checked", Writer.API, "{\"required\":[\"n\"]}");
      CollectionDefinition doomed = TestStores.define(node, "doomed", Writer.API);
      for (int i = 0; i < 30; i++) {
        stores.put(node, doomed, "d" + i, "1");
      }
      feed(people, TestStores.defineSource(node, "row", people));
      for (int i = 0; i < 200; i++) {
        String key = "k" + random.nextInt(40);
        if (random.nextInt(3) == 0) {
          commands(node, notes, checked, key, i);
        } else if (random.nextInt(4) == 0) {
          stores.delete(node, notes, key);
        } else {
          stores.put(node, notes, key, "" + i);
        }
      }
      TestStores.change(node, new DefinitionChange.DropCollection("doomed"));
      stores.quiesce(node);
      for (int shard = 0; shard < SHARDS; shard++) {
        expected.add(stores.fold(node, shard));
      }
      try (StoreNode standby = stores.start(restored, "standby")) {
        stores.awaitCaughtUp(standby);
        stores.quiesce(node);
        assertThat(standby.shards()).hasSize(SHARDS);
      }
    }
    expectDumps(live, expected);
    expectDumps(restored, expected);

    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.deleteConsumerGroups(List.of("replay.store.g0")).all().get(30, TimeUnit.SECONDS);
    }
    try (StoreNode node = stores.start(again, "again")) {
      stores.awaitCaughtUp(node);
    }
    expectDumps(again, expected);
  }

  /** A patch, a condition, a batch, or a repetition, whatever becomes of it. */
  private void commands(
      StoreNode node, CollectionDefinition notes, CollectionDefinition checked, String key, int i)
      throws Exception {
    Key document = TestStores.key(key);
    int shard = stores.shard(document);
    byte[] patch = TestStores.bytes("{\"p" + random.nextInt(3) + "\":" + i + "}");
    byte[] value = TestStores.bytes("{\"n\":" + i + "}");
    Operation.When absent =
        new Operation.When(
            new Condition.Absent(), new Operation.Put(checked.id(), document, value));
    Operation operation =
        switch (random.nextInt(4)) {
          case 0 -> new Operation.Patch(notes.id(), document, patch, null);
          case 1 -> new Operation.Patch(checked.id(), document, patch, null);
          case 2 -> absent;
          default ->
              new Operation.Batch(
                  List.of(
                      new Operation.When(
                          Condition.NONE, new Operation.Put(notes.id(), document, value)),
                      absent));
        };
    if (random.nextBoolean()) {
      operation = Fingerprint.once("key-" + random.nextInt(20), operation);
    }
    TestStores.submit(node, shard, operation);
    TestStores.submit(node, shard, operation);
  }

  private void expectDumps(Path directory, List<List<String>> expected) {
    for (int shard = 0; shard < SHARDS; shard++) {
      assertThat(stores.dump(directory, shard)).isEqualTo(expected.get(shard));
    }
  }

  /** What ingest would append, with everything that can go wrong on the way. */
  private void feed(CollectionDefinition people, int source) throws Exception {
    Origin origin = new Origin(source, 1, new Uuid(1, 1), 0);
    Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
    List<CompletableFuture<Long>> appends = new ArrayList<>();
    try (LogProducer log =
            new LogProducer(
                client, new TopicPlan("replay", 0, SHARDS), LogProducerTuning.ingest("feed"));
        KafkaProducer<byte[], byte[]> garbage =
            new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      long[] previous = {LogRecord.FIRST, LogRecord.FIRST};
      for (long seq = 0; seq < 500; seq++) {
        Key key = TestStores.key("p" + random.nextInt(60));
        int shard = stores.shard(key);
        Operation operation = operation(people, source, key, seq);
        long prev = random.nextInt(20) == 0 ? seq - 1 : previous[shard];
        LogRecord record = new LogRecord.Ingested(origin, seq, prev, operation);
        appends.add(log.append(shard, record, seq));
        previous[shard] = seq;
        if (random.nextInt(10) == 0) {
          appends.add(log.append(shard, record, seq));
        }
        if (random.nextInt(10) == 0) {
          byte[] poison = new byte[random.nextInt(30)];
          random.nextBytes(poison);
          Future<?> unused =
              garbage.send(new ProducerRecord<>("replay.log.g0", shard, new byte[] {1}, poison));
        }
      }
      garbage.flush();
      log.flush();
      for (CompletableFuture<Long> append : appends) {
        append.get(30, TimeUnit.SECONDS);
      }
    }
  }

  private Operation operation(CollectionDefinition people, int source, Key key, long seq) {
    return switch (random.nextInt(4)) {
      case 0 -> new Operation.Delete(people.id(), key);
      case 1 -> track(people, source, key, seq);
      default -> new Operation.Put(people.id(), key, TestStores.bytes("{\"seq\":" + seq + "}"));
    };
  }

  private Operation track(CollectionDefinition people, int source, Key row, long seq) {
    return random.nextInt(5) == 0
        ? new Operation.Track(source, people.id(), row.bytes(), null, new byte[0])
        : new Operation.Track(
            source,
            people.id(),
            row.bytes(),
            TestStores.key("derived" + random.nextInt(20)),
            TestStores.bytes("{\"tracked\":" + seq + "}"));
  }
}
