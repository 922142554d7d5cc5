package dev.weir.store.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kafka.EmbeddedKafka;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Document;
import dev.weir.store.Key;
import dev.weir.store.Operation;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.ShardMap;
import dev.weir.store.log.LogProducer;
import dev.weir.store.log.LogProducerTuning;
import dev.weir.store.log.TopicPlan;
import dev.weir.store.node.OutboxKiller.Point;
import dev.weir.store.write.LogEntry;
import dev.weir.store.write.LogFormat;
import dev.weir.store.write.LogRecord;
import dev.weir.store.write.LogRecord.Origin;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A node dies at every step between the fold and the trimmed outbox: what it had to tell another
 * shard arrives, and takes effect once.
 */
class OutboxKillTest {
  private static final int SHARDS = OutboxProcess.SHARDS;
  private static final int ROWS = 6;
  private static final ShardMap SHARD_MAP = new ShardMap(SHARDS);

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

  @ParameterizedTest
  @EnumSource
  void whatWasEmittedTakesEffectOnce(Point point) throws Exception {
    String application = "outbox-" + point.name().toLowerCase(Locale.ROOT);
    TestStores stores = new TestStores(kafka, application, SHARDS, 1);
    runUntilHalted(application, point);
    expectDeathAt(point, stores, application);

    try (StoreNode node = stores.start(directory, "n1")) {
      stores.awaitServing(node);
      stores.quiesce(node);
      Map<Long, List<Long>> offsets = emittedPuts(application);
      assertThat(offsets).hasSize(ROWS);
      if (point == Point.BEFORE_ACKNOWLEDGEMENT || point == Point.BEFORE_TRIM) {
        assertThat(offsets.values()).as("sent again").anyMatch(sent -> sent.size() > 1);
      }
      List<Long> applied = new ArrayList<>();
      for (int row = 0; row < ROWS; row++) {
        Document document = document(node, derived(row)).orElseThrow();
        assertThat(document.value()).isEqualTo(TestStores.bytes("" + row));
        applied.add(document.version().offset());
      }
      assertThat(applied)
          .as("each took effect where it first arrived")
          .containsExactlyElementsOf(offsets.values().stream().map(sent -> sent.get(0)).toList());
    }
  }

  private void runUntilHalted(String application, Point point) throws Exception {
    Process process =
        ChildJvm.start(
            OutboxProcess.class,
            kafka.bootstrapServers(),
            application,
            directory.toString(),
            point.name());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      List<String> said = new ArrayList<>();
      String line = lines.readLine();
      while (line != null && !line.startsWith("READY ")) {
        said.add(line);
        line = lines.readLine();
      }
      assertThat(line).as(() -> "the process came up:\n" + String.join("\n", said)).isNotNull();
      String[] words = line.split(" ");
      feed(application, Integer.parseInt(words[1]), Integer.parseInt(words[2]));
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it reached the point").isTrue();
      assertThat(process.exitValue()).isEqualTo(OutboxKiller.EXIT_CODE);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** Rows in shard 0 whose documents belong to shard 1. */
  private static void feed(String application, int source, int collection) throws Exception {
    Origin origin = new Origin(source, 1, new Uuid(7, 7), 0);
    List<CompletableFuture<Long>> appends = new ArrayList<>();
    try (LogProducer log =
        new LogProducer(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new TopicPlan(application, 0, SHARDS),
            LogProducerTuning.ingest("feed"))) {
      for (int row = 0; row < ROWS; row++) {
        Operation track =
            new Operation.Track(
                source,
                collection,
                TestStores.bytes("row" + row),
                derived(row),
                TestStores.bytes("" + row));
        LogRecord record = new LogRecord.Ingested(origin, row, row - 1, track);
        appends.add(log.append(0, record, row));
      }
      for (CompletableFuture<Long> append : appends) {
        append.get(30, TimeUnit.SECONDS);
      }
    }
  }

  private static Key derived(int row) {
    for (int i = 0; ; i++) {
      Key key = TestStores.key("derived" + row + "-" + i);
      if (SHARD_MAP.shardOf(key) == 1) {
        return key;
      }
    }
  }

  /** That the process died where it was meant to, by what it left behind. */
  private void expectDeathAt(Point point, TestStores stores, String application) {
    boolean outboxHasEntries =
        stores.dump(directory, 0).stream().anyMatch(entry -> entry.startsWith("04"));
    List<Long> numbers = List.copyOf(emittedPuts(application).keySet());
    switch (point) {
      case BEFORE_SEND -> {
        assertThat(outboxHasEntries).isTrue();
        assertThat(emittedPuts(application)).hasSizeLessThan(OutboxKiller.NTH);
      }
      case BEFORE_ACKNOWLEDGEMENT -> {
        // the ones before it may have gone in a pass of their own, and be trimmed already
        assertThat(outboxHasEntries).isTrue();
        assertThat(numbers).hasSizeGreaterThanOrEqualTo(OutboxKiller.NTH);
        assertThat(trimmedUpTo(application)).isLessThan(numbers.get(OutboxKiller.NTH - 1));
      }
      case BEFORE_TRIM -> {
        assertThat(outboxHasEntries).isTrue();
        assertThat(numbers).isNotEmpty();
        assertThat(trimmedUpTo(application)).isLessThan(numbers.get(0));
      }
      case BEFORE_TRIM_IS_FOLDED, AFTER_TRIM -> {
        assertThat(numbers).isNotEmpty();
        assertThat(trimmedUpTo(application)).isGreaterThanOrEqualTo(numbers.get(0));
      }
    }
  }

  /** The highest number that shard 0's log trims of its outbox to shard 1; -1 = none. */
  private static long trimmedUpTo(String application) {
    return records(application, 0).values().stream()
        .mapToLong(r -> r instanceof LogRecord.Trim trim && trim.toShard() == 1 ? trim.upTo() : -1)
        .max()
        .orElse(-1);
  }

  /** Offsets in shard 1's log of each emitted document, by its number in the outbox. */
  private static Map<Long, List<Long>> emittedPuts(String application) {
    Map<Long, List<Long>> offsets = new TreeMap<>();
    records(application, 1)
        .forEach(
            (offset, record) -> {
              if (record instanceof LogRecord.Emitted emitted
                  && emitted.operation() instanceof Operation.Put) {
                offsets.computeIfAbsent(emitted.number(), n -> new ArrayList<>()).add(offset);
              }
            });
    return offsets;
  }

  private static Map<Long, LogRecord> records(String application, int shard) {
    Map<Long, LogRecord> records = new TreeMap<>();
    for (LogEntry entry :
        LogReader.read(
            kafka.bootstrapServers(), new TopicPlan(application, 0, SHARDS).logTopic(), shard)) {
      if (LogFormat.decode(entry.key(), entry.value()) instanceof LogFormat.Record known) {
        records.put(entry.offset(), known.record());
      }
    }
    return records;
  }

  private static Optional<Document> document(StoreNode node, Key key) {
    CollectionDefinition people = node.catalogue().collection("person").orElseThrow();
    ReadResult<Optional<Document>> result = node.reader().read(1, new Query.Get(people.id(), key));
    assertThat(result).isInstanceOf(ReadResult.Answer.class);
    return ((ReadResult.Answer<Optional<Document>>) result).value();
  }
}
