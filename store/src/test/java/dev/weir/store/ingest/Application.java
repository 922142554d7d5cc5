package dev.weir.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyType;
import dev.weir.store.SourceDefinition;
import dev.weir.store.SourceDefinition.Mapping;
import dev.weir.store.log.LogAppender;
import dev.weir.store.log.TopicPlan;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** One application under test: a source topic, the log in memory, and ingest nodes. */
final class Application implements AutoCloseable {

  static final int SHARDS = 4;
  private static final AtomicInteger NUMBER = new AtomicInteger();

  final Broker broker;
  final TopicPlan topics = new TopicPlan("app" + NUMBER.incrementAndGet(), 0, SHARDS);
  final String topic = topics.application() + "-orders";
  final FakeLog log = new FakeLog(SHARDS, true);
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final AtomicReference<Catalogue> catalogue = new AtomicReference<>(Catalogue.empty());
  final AtomicInteger everywhere = new AtomicInteger(Integer.MAX_VALUE);
  final AtomicReference<Watermarks.Answer> watermark =
      new AtomicReference<>(new Watermarks.Answer.None());
  final AtomicLong lag = new AtomicLong();
  private final List<Ingest> nodes = new ArrayList<>();
  private final Map<String, String> expected = new HashMap<>();

  Application(Broker broker) {
    this.broker = broker;
  }

  /** With a source topic, the dead letters, and the plainest mapping. */
  static Application of(Broker broker, int partitions) throws Exception {
    Application application = new Application(broker);
    broker.create(application.topic, partitions);
    broker.create(application.topics.deadLetterTopic(), 1);
    application.declare(Definitions.byRecordKey(), 1);
    return application;
  }

  void declare(Mapping mapping, int revision) {
    CollectionDefinition collection = Definitions.collection("string", "json");
    SourceDefinition source =
        new SourceDefinition(Definitions.SOURCE, "orders", topic, "order", mapping, revision);
    catalogue.set(
        new Catalogue(catalogue.get().revision() + 1, 8, List.of(collection), List.of(source)));
  }

  IngestSettings settings() {
    return new IngestSettings(
        topics,
        broker.client(),
        Map.of("metadata.max.age.ms", 500, "reconnect.backoff.max.ms", 200),
        ValueLimits.documents(900_000),
        new Pace(1, 1_000, 1 << 20, 50_000, Duration.ofMillis(100), Duration.ofSeconds(2)),
        Set.of());
  }

  Ingest start(LogAppender appender) {
    return start(appender, settings());
  }

  Ingest start(LogAppender appender, IngestSettings settings) {
    IngestPorts ports =
        new IngestPorts(
            new Uuid(3, 3),
            appender,
            catalogue::get,
            revision -> revision <= everywhere.get(),
            origin -> watermark.get(),
            shard -> lag.get());
    Ingest ingest = Ingest.start(settings, ports, registry);
    nodes.add(ingest);
    return ingest;
  }

  String group() {
    return topics.ingestGroup("orders");
  }

  /** Writes to the source topic, spread by key over its partitions, and remembers the outcome. */
  void produce(int partitions, int from, int to) throws Exception {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = from; i < to; i++) {
      String key = "k" + (i % 97);
      String value = i % 13 == 0 ? null : "{\"n\":" + i + "}";
      records.add(
          new ProducerRecord<>(topic, (i % 97) % partitions, Broker.utf8(key), Broker.utf8(value)));
      expect(key, value);
    }
    broker.sendAll(records);
  }

  void expect(String key, String value) {
    if (value == null) {
      expected.remove(key);
    } else {
      expected.put(key, value);
    }
  }

  /** All documents as the shards hold them. */
  Map<String, String> documents() {
    KeyCodec codec = KeyCodec.of(KeyType.Scalar.STRING);
    Map<String, String> all = new TreeMap<>();
    for (ReferenceFold shard : log.shards()) {
      shard
          .documents()
          .forEach(
              (key, value) ->
                  all.put(codec.toText((Key) key), new String(value, StandardCharsets.UTF_8)));
    }
    return all;
  }

  /** How many records have taken effect. */
  int effects() {
    return log.shards().stream().mapToInt(shard -> shard.applied().size()).sum();
  }

  void awaitDocuments() {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(documents()).isEqualTo(new TreeMap<>(expected)));
  }

  void awaitEffects(int number) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(effects()).isEqualTo(number));
  }

  /** Waits until the group has committed this offset. */
  void awaitCommitted(int partition, long offset) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(broker.committed(group()))
                    .extractingByKey(new TopicPartition(topic, partition))
                    .isNotNull()
                    .extracting(committed -> committed.offset())
                    .isEqualTo(offset));
  }

  SourceStatus awaitState(Ingest ingest, SourceStatus.State state) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(ingest.status())
                    .singleElement()
                    .extracting(SourceStatus::state)
                    .isEqualTo(state));
    return ingest.status().get(0);
  }

  @Override
  public void close() {
    nodes.forEach(Ingest::close);
  }
}
