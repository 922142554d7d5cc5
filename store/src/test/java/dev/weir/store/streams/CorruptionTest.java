package dev.weir.store.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Key;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import dev.weir.store.log.LogProducer;
import dev.weir.store.log.LogProducerTuning;
import dev.weir.store.log.TopicPlan;
import dev.weir.store.read.OpenShard;
import dev.weir.store.read.OpenShards;
import dev.weir.store.rocksdb.RocksResources;
import dev.weir.store.routing.Ownership;
import dev.weir.store.write.LogRecord;
import dev.weir.store.write.LogRecord.CommandId;
import dev.weir.store.write.StateKeys;
import dev.weir.store.write.StateValues;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kafka Streams takes tasks for corrupted: it closes them dirty and begins them anew; those that
 * were restoring it commits with no offsets before. Their shards keep state and position, and go
 * on.
 */
class CorruptionTest {
  private static final int SHARDS = 2;
  private static final int COLLECTION = 1;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final TopicPlan TOPICS = new TopicPlan("corrupted", 0, SHARDS);

  @TempDir Path directory;
  private final Ownership ownership = new Ownership(SHARDS);
  private final OpenShards openShards = new OpenShards(SHARDS);
  private final SeenEvents events = new SeenEvents(ownership);
  private final CorruptingClients clients = new CorruptingClients();
  private final int[] written = new int[SHARDS];
  private long commands;

  @Test
  void shardsKeepTheirStateAndGoOn() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(Options.in(directory.resolve("kafka")));
        RocksResources resources = new RocksResources(32 * 1024 * 1024);
        LogProducer log =
            new LogProducer(client(kafka), TOPICS, LogProducerTuning.commands("test"))) {
      ShardSetup setup = setup(createLog(kafka), resources);
      try (KafkaStreams streams = streams(setup, kafka, "live")) {
        streams.start();
        define(log);
        put(log, 50);
        awaitFolded();
        corruptWhileProcessing(log);
      }
      assertThat(events.decided()).doesNotHaveDuplicates().hasSize((int) commands);

      events.forget();
      clients.corruptRestoreAfter(2);
      try (KafkaStreams streams = streams(setup, kafka, "restored")) {
        streams.start();
        await().atMost(PATIENCE).until(() -> !clients.isArmed());
        awaitFolded();
        put(log, 10);
        awaitFolded();
      }
      assertThat(events.commitsOfNothing()).as("stores committed with no offsets").isPositive();
      assertThat(events.openedInside()).as("shards opened in the middle of the log").isPositive();
      assertThat(events.openedElsewhere()).isEmpty();
      assertThat(events.decided()).doesNotHaveDuplicates().hasSize((int) commands);
    }
  }

  private void corruptWhileProcessing(LogProducer log) throws Exception {
    for (int round = 0; round < 3; round++) {
      int before = events.openings();
      clients.corrupt(SHARDS);
      await()
          .atMost(PATIENCE)
          .until(() -> !clients.isArmed() && events.openings() >= before + SHARDS);
      put(log, 10);
      awaitFolded();
    }
    assertThat(events.openedElsewhere()).isEmpty();
  }

  private KafkaStreams streams(ShardSetup setup, EmbeddedKafka kafka, String state) {
    return new KafkaStreams(topology(setup), settings(kafka, state), clients);
  }

  private static Map<String, Object> client(EmbeddedKafka kafka) {
    return Map.of("bootstrap.servers", kafka.bootstrapServers());
  }

  private static Uuid createLog(EmbeddedKafka kafka) throws Exception {
    try (Admin admin = Admin.create(client(kafka))) {
      return admin
          .createTopics(List.of(new NewTopic(TOPICS.logTopic(), SHARDS, (short) 1)))
          .topicId(TOPICS.logTopic())
          .get(30, TimeUnit.SECONDS);
    }
  }

  private ShardSetup setup(Uuid logId, RocksResources resources) {
    return new ShardSetup(
        new ShardSetup.Log("corrupted", TOPICS.logTopic(), logId, 0, SHARDS),
        resources,
        openShards,
        ownership,
        Map.of(),
        events);
  }

  /** As {@link LogTopology}, with stores that tell when they commit nothing. */
  private Topology topology(ShardSetup setup) {
    LogHeads heads = new LogHeads(SHARDS);
    return new Topology()
        .addReadOnlyStateStore(
            new WatchedStores(setup, events),
            "log",
            heads,
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer(),
            setup.log().topic(),
            "fold",
            () -> new FoldProcessor(setup.storeName(), heads));
  }

  private Properties settings(EmbeddedKafka kafka, String state) {
    Properties settings = new Properties();
    settings.putAll(client(kafka));
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "corrupted");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, directory.resolve(state).toString());
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
    settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    settings.put(StreamsConfig.consumerPrefix("session.timeout.ms"), 6000);
    settings.put(StreamsConfig.restoreConsumerPrefix("max.poll.records"), 10);
    return settings;
  }

  /** Gives every shard the collection, as shard 0's outbox would. */
  private void define(LogProducer log) throws Exception {
    CollectionDefinition notes =
        new CollectionDefinition(
            COLLECTION, "note", KeyType.Scalar.STRING, "json", Writer.API, null, 1);
    Operation adopt = new Operation.Adopt(new Catalogue(1, 2, List.of(notes), List.of()));
    for (int shard = 0; shard < SHARDS; shard++) {
      append(log, shard, new LogRecord.Emitted(7, 1, adopt));
    }
  }

  private void put(LogProducer log, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      for (int shard = 0; shard < SHARDS; shard++) {
        byte[] key = ("k" + written[shard]).getBytes(StandardCharsets.UTF_8);
        Operation put = new Operation.Put(COLLECTION, Key.ofEncoded(key), new byte[] {'1'});
        append(log, shard, new LogRecord.Command(new CommandId(1, commands++), put));
      }
    }
  }

  private void append(LogProducer log, int shard, LogRecord record) throws Exception {
    CompletableFuture<Long> appended = log.append(shard, record, 1);
    appended.get(30, TimeUnit.SECONDS);
    written[shard]++;
  }

  /** Waits until every shard has folded and counted all that was written to it. */
  private void awaitFolded() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              for (int shard = 0; shard < SHARDS; shard++) {
                assertThat(ownership.offset(shard)).isEqualTo(written[shard] - 1);
                assertThat(documents(shard)).isEqualTo(written[shard] - 1);
              }
            });
  }

  private long documents(int shard) {
    OpenShard open = openShards.acquire(shard);
    if (open == null) {
      return -1;
    }
    try {
      return StateValues.number(open.view().get(StateKeys.count(COLLECTION)), 0);
    } finally {
      openShards.release(open);
    }
  }
}
