package dev.weir.query.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.query.AuditReport;
import dev.weir.query.AuditView;
import dev.weir.query.Audits;
import dev.weir.query.testing.InMemoryDatabase;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.DefinitionChange;
import dev.weir.store.DefinitionChange.Mode;
import dev.weir.store.Key;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import dev.weir.store.SourceDefinition;
import dev.weir.store.SourceDefinition.KeyFrom;
import dev.weir.store.SourceDefinition.Start;
import dev.weir.store.audit.LetterPlaces;
import dev.weir.store.audit.SourceRecord;
import dev.weir.store.ingest.Mapped;
import dev.weir.store.ingest.SourceMapping;
import dev.weir.store.ingest.ValueLimits;
import dev.weir.store.write.LogRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A database with one source, whose records are copied by a simple ingest that can lose some. */
final class SourceWorld implements AutoCloseable {
  static final int PARTITIONS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final InMemoryDatabase database = new InMemoryDatabase(4);
  final FakeTopic topic = new FakeTopic(PARTITIONS);
  final Set<SourceRecord> lost = new HashSet<>();
  final Set<SourceRecord> letters = new HashSet<>();
  final CollectionDefinition collection;
  final SourceDefinition source;
  volatile boolean lettersAreWhole = true;
  private final KeyFrom keyFrom;
  private final Start start;
  private final SourceMapping mapping;
  private final AuditDesk desk;
  private final long[] copied = new long[PARTITIONS];

  /** People by their names. */
  SourceWorld(KeyFrom keyFrom, Start start, long memory) {
    this(
        new CollectionDefinition(
            0, "person", KeyType.Scalar.STRING, "json", Writer.SOURCE, null, 1),
        keyFrom,
        start,
        memory);
  }

  /** A collection; record keys are JSON where it has edges. */
  SourceWorld(CollectionDefinition wanted, KeyFrom keyFrom, Start start, long memory) {
    if (wanted.edge() != null) {
      var unused =
          database.addCollection("vertex", KeyType.Scalar.STRING, "json", Writer.API, null);
    }
    collection = database.add(wanted);
    this.keyFrom = keyFrom;
    this.start = start;
    define(List.of());
    source = database.catalogue().source("people").orElseThrow();
    mapping = SourceMapping.of(source, collection, ValueLimits.defaults());
    desk =
        new AuditDesk(
            new AuditPorts(database, s -> topic, this::tell, ValueLimits.defaults(), memory),
            Clock.systemUTC());
  }

  /** Defines the source, again if it is there. */
  void define(List<String> dropped) {
    SourceDefinition.Mapping how =
        new SourceDefinition.Mapping(
            keyFrom,
            collection.edge() == null
                ? SourceDefinition.KeyFormat.TEXT
                : SourceDefinition.KeyFormat.JSON,
            keyFrom == KeyFrom.RECORD ? List.of() : List.of("id"),
            List.of(
                new SourceDefinition.Condition(
                    "hidden", SourceDefinition.Condition.Test.MISSING, List.of())),
            dropped,
            Map.of(),
            start);
    var unused =
        database
            .submit(
                new Operation.Define(
                    List.of(
                        new DefinitionChange.PutSource(
                            new SourceDefinition(0, "people", "people", collection.name(), how, 1),
                            Mode.APPLY))))
            .join();
  }

  private void tell(SourceDefinition of, LetterPlaces places) {
    synchronized (letters) {
      letters.forEach(record -> places.add(record.partition(), record.offset()));
    }
    if (!lettersAreWhole) {
      places.lost();
    }
  }

  /** Writes a row; equal rows go to one partition. */
  SourceRecord write(@Nullable String row, @Nullable String value, long time) {
    int partition = row == null ? 0 : Math.floorMod(row.hashCode(), PARTITIONS);
    return topic.append(partition, time, bytes(row), bytes(value));
  }

  /** Writes a row to any partition. */
  SourceRecord write(int partition, String row, @Nullable String value, long time) {
    return topic.append(partition, time, bytes(row), bytes(value));
  }

  /** Copies what is there, but for what is lost, and says so. */
  void copy() throws Exception {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      long end = topic.end(partition);
      topic.read(offsets(partition, copied[partition]), offsets(partition, end), this::copy);
      copied[partition] = end;
      topic.done(partition, end);
    }
  }

  private static List<Long> offsets(int partition, long offset) {
    Long[] all = {0L, 0L, 0L};
    all[partition] = offset;
    return List.of(all);
  }

  private void copy(SourceRecord record) {
    Mapped mapped = mapping.map(record.key(), record.value());
    if (lost.contains(record)) {
      return;
    }
    if (mapped instanceof Mapped.Poison) {
      synchronized (letters) {
        letters.add(record);
      }
    } else if (mapped instanceof Mapped.Append append) {
      LogRecord.Origin origin =
          new LogRecord.Origin(source.id(), 1, FakeTopic.ID, record.partition());
      database.ingest(
          database.shards().shardOf(append.shardKey()),
          new LogRecord.Ingested(origin, record.offset(), LogRecord.FIRST, append.operation()),
          record.timestamp());
    }
  }

  /** Changes the state behind the back of the source. */
  void damage(String key, @Nullable String value) {
    Key at = Key.ofEncoded(key.getBytes(UTF_8));
    var unused =
        database.ingest(
            value == null
                ? new Operation.Delete(collection.id(), at)
                : new Operation.Put(collection.id(), at, value.getBytes(UTF_8)));
  }

  AuditView begin(Duration patience) {
    Audits.Started started =
        desk.start(List.of(collection.name()), new AuditView.Terms(patience, 10_000_000));
    assertThat(started).isInstanceOf(Audits.Begun.class);
    return ((Audits.Begun) started).audit();
  }

  AuditDesk desk() {
    return desk;
  }

  AuditView end(String id) {
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(PATIENCE)
        .until(() -> desk.find(id).orElseThrow().state() != AuditView.State.RUNNING);
    return desk.find(id).orElseThrow();
  }

  /** Makes an audit of whatever is there. */
  AuditReport audit() {
    AuditView audit = end(begin(Duration.ofMillis(20)).id());
    assertThat(audit.state()).as(audit.reason()).isEqualTo(AuditView.State.DONE);
    AuditReport report = audit.reports().get(0);
    for (AuditReport.Partition each : report.sources().get(0).partitions()) {
      long unaccounted =
          each.cut()
              - each.start()
              - each.applied()
              - each.superseded()
              - each.filtered()
              - each.deadLetters()
              - each.before()
              - each.absent();
      assertThat(unaccounted)
          .as("offsets of " + each + " of which nothing else is said")
          .isBetween(0L, (long) report.differences().size() + report.unproved().size());
    }
    return report;
  }

  private static byte @Nullable [] bytes(@Nullable String text) {
    return text == null ? null : text.getBytes(UTF_8);
  }

  @Override
  public void close() {
    desk.close();
  }
}
