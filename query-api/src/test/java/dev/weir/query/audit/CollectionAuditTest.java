package dev.weir.query.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.weir.query.AuditReport;
import dev.weir.query.AuditReport.Difference;
import dev.weir.query.AuditReport.Kind;
import dev.weir.query.AuditView;
import dev.weir.query.Audits;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Consistency;
import dev.weir.store.Key;
import dev.weir.store.Operation;
import dev.weir.store.Refusal;
import dev.weir.store.SourceDefinition.KeyFrom;
import dev.weir.store.SourceDefinition.Start;
import dev.weir.store.audit.SourceRecord;
import dev.weir.store.ingest.ValueLimits;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is wrong is found and named by key and offset; where nothing is, nothing is said. */
class CollectionAuditTest {
  private static final long AMPLE = 64 << 20;
  private static final long TIGHT = 3_000;
  private static final int ROWS = 40;
  private static final long SEED = new Random().nextLong();

  private final Random random = new Random(SEED);
  private long time = 1_000;

  @ParameterizedTest
  @EnumSource(KeyFrom.class)
  void nothingIsSaidWhereNothingIsWrong(KeyFrom keys) throws Exception {
    for (long memory : new long[] {AMPLE, TIGHT}) {
      try (SourceWorld world = new SourceWorld(keys, Start.EARLIEST, memory)) {
        write(world, keys, 600);
        world.topic.skip(1);
        world.copy();
        AuditReport report = world.audit();
        assertThat(report.differences()).as("seed " + SEED).isEmpty();
        assertThat(report.unproved()).isEmpty();
        assertThat(report.sound() && report.complete()).isTrue();
        assertThat(report.documents()).isPositive();
        assertThat(report.sources().get(0).partitions())
            .allMatch(p -> p.applied() > 0 && p.superseded() > 0 && p.filtered() > 0)
            .anyMatch(p -> p.deadLetters() > 0 && p.pending() == 0)
            .anyMatch(p -> p.absent() == 1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(KeyFrom.class)
  void aWriterBesideGivesNoAlarm(KeyFrom keys) throws Exception {
    try (SourceWorld world = new SourceWorld(keys, Start.EARLIEST, TIGHT)) {
      write(world, keys, 300);
      world.copy();
      AtomicBoolean stop = new AtomicBoolean();
      AtomicReference<Throwable> failure = new AtomicReference<>();
      CountDownLatch begun = new CountDownLatch(1);
      Thread writer =
          new Thread(
              () -> {
                try {
                  for (int i = 0; !stop.get() && i < 1_500; i++) {
                    write(world, keys, 3);
                    world.copy();
                    begun.countDown();
                  }
                } catch (Exception | Error e) {
                  failure.set(e);
                }
              });
      writer.start();
      begun.await();
      for (int i = 0; i < 2; i++) {
        AuditReport report = world.audit();
        assertThat(report.differences()).as("seed " + SEED).isEmpty();
        assertThat(report.unproved()).isEmpty();
      }
      stop.set(true);
      writer.join();
      assertThat(failure.get()).isNull();
    }
  }

  /** What is done to one record of a key in the middle of others. */
  private enum Plant {
    LOST_PUT(Kind.OTHER_VALUE),
    LOST_FIRST_PUT(Kind.MISSING),
    LOST_DELETE(Kind.NOT_REMOVED),
    WRONG_VALUE(Kind.OTHER_VALUE),
    LOST_DOCUMENT(Kind.MISSING),
    EXTRA_DOCUMENT(Kind.UNEXPECTED),
    LOST_LETTER(Kind.NOT_KEPT);

    private final Kind kind;

    Plant(Kind kind) {
      this.kind = kind;
    }
  }

  @ParameterizedTest
  @EnumSource(Plant.class)
  void whateverIsWrongIsNamed(Plant plant) throws Exception {
    for (KeyFrom keys : new KeyFrom[] {KeyFrom.RECORD, KeyFrom.TRACKED}) {
      for (long memory : new long[] {AMPLE, TIGHT}) {
        try (SourceWorld world = new SourceWorld(keys, Start.EARLIEST, memory)) {
          write(world, keys, 200);
          SourceRecord record = plant(world, plant);
          write(world, keys, 200);
          // Whoever applies a later one for the same shard has passed the lost one.
          world.copy();
          damage(world, plant);
          AuditReport report = world.audit();
          assertThat(report.sound()).isFalse();
          assertThat(report.differences())
              .as("seed %d, %s, %s", SEED, plant, keys)
              .extracting(Difference::kind, Difference::key, Difference::offset)
              .containsExactly(
                  tuple(
                      plant.kind,
                      plant == Plant.LOST_LETTER ? "" : "planted",
                      record == null ? -1L : record.offset()));
          assertThat(report.differences().get(0).partition())
              .isEqualTo(record == null ? -1 : record.partition());
          world.damage("planted", null);
        }
      }
    }
  }

  private @Nullable SourceRecord plant(SourceWorld world, Plant plant) {
    String value = "{\"id\":\"planted\",\"n\":";
    switch (plant) {
      case EXTRA_DOCUMENT -> {
        return null;
      }
      case LOST_LETTER -> {
        SourceRecord broken = world.write("planted-row", "{broken", time++);
        world.lost.add(broken);
        return broken;
      }
      case LOST_FIRST_PUT, WRONG_VALUE, LOST_DOCUMENT -> {
        SourceRecord only = world.write("planted", value + "1}", time++);
        if (plant == Plant.LOST_FIRST_PUT) {
          world.lost.add(only);
        }
        return only;
      }
      default -> {
        var unused = world.write("planted", value + "1}", time++);
        String newer = plant == Plant.LOST_DELETE ? null : value + "2}";
        SourceRecord last = world.write("planted", newer, time++);
        world.lost.add(last);
        return last;
      }
    }
  }

  private static void damage(SourceWorld world, Plant plant) {
    if (plant == Plant.WRONG_VALUE || plant == Plant.EXTRA_DOCUMENT) {
      world.damage("planted", "{\"id\":\"planted\",\"n\":7}");
    } else if (plant == Plant.LOST_DOCUMENT) {
      world.damage("planted", null);
    }
  }

  @Test
  void onlyTheLogKnowsTheOrderOfPartitions() throws Exception {
    try (SourceWorld world = new SourceWorld(KeyFrom.RECORD, Start.EARLIEST, TIGHT)) {
      for (int i = 0; i < 300; i++) {
        int partition = random.nextInt(SourceWorld.PARTITIONS);
        String value = random.nextInt(5) == 0 ? null : "{\"n\":" + i + "}";
        var unused = world.write(partition, "k" + random.nextInt(30), value, time++);
        if (i % 7 == 0) {
          world.copy();
        }
      }
      world.copy();
      assertThat(world.audit().differences()).as("seed " + SEED).isEmpty();
      world.damage("k3", "{\"n\":-1}");
      assertThat(world.audit().differences())
          .extracting(Difference::kind, Difference::key)
          .first()
          .isIn(tuple(Kind.OTHER_VALUE, "k3"), tuple(Kind.NOT_REMOVED, "k3"));
    }
  }

  @Test
  void anEdgeThatWentWithItsVertexIsNotCalledLost() throws Exception {
    CollectionDefinition knows =
        new CollectionDefinition(
            0,
            "knows",
            CollectionDefinition.UNKNOWN_ENDS,
            "json",
            CollectionDefinition.Writer.SOURCE,
            null,
            Consistency.SESSION,
            1,
            new CollectionDefinition.Edge("vertex", "vertex", null, null));
    try (SourceWorld world = new SourceWorld(knows, KeyFrom.RECORD, Start.EARLIEST, AMPLE)) {
      int vertices = world.database.catalogue().collection("vertex").orElseThrow().id();
      for (String vertex : List.of("a", "b", "c")) {
        world.database.submit(new Operation.Put(vertices, key(vertex), new byte[] {'1'})).join();
      }
      // Later than the vertices, by the clock of the database.
      time = 1_800_000_000_000L;
      var kept = world.write("[\"a\",\"b\"]", "{}", time);
      var going = world.write("[\"a\",\"c\"]", "{}", time);
      SourceRecord lost = world.write("[\"b\",\"a\"]", "{}", time);
      world.lost.add(lost);
      var later = world.write("[\"b\",\"a\"]", "{broken", time);
      world.copy();
      world.database.submit(new Operation.Delete(vertices, key("c"))).join();
      AuditReport report = world.audit();
      assertThat(report.differences())
          .extracting(Difference::kind, Difference::key)
          .contains(tuple(Kind.MISSING, "[\"b\",\"a\"]"))
          .doesNotContain(tuple(Kind.MISSING, "[\"a\",\"c\"]"));
      assertThat(report.unproved())
          .extracting(AuditReport.Unproved::key)
          .containsExactly("[\"a\",\"c\"]");
      assertThat(kept.offset() + going.offset() + later.offset()).isNotNegative();
    }
  }

  private static Key key(String text) {
    return Key.ofEncoded(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aShardThatHasNotGotAsFarIsNamed() throws Exception {
    try (SourceWorld world = new SourceWorld(KeyFrom.RECORD, Start.EARLIEST, AMPLE)) {
      SourceRecord first = world.write("a", "{\"n\":1}", 1);
      SourceRecord last = world.write("a", "{\"n\":1}", 1);
      world.lost.add(last);
      world.copy();
      assertThat(world.audit().differences())
          .extracting(Difference::kind, Difference::offset)
          .containsExactly(tuple(Kind.NOT_REACHED, last.offset()));
      assertThat(first.offset()).isZero();
    }
  }

  @Test
  void manyDifferencesAreCountedAndTheFirstOnesNamed() throws Exception {
    try (SourceWorld world = new SourceWorld(KeyFrom.RECORD, Start.EARLIEST, AMPLE)) {
      for (int i = 0; i < Findings.MOST + 500; i++) {
        world.lost.add(world.write("k" + i, "{}", i));
      }
      var unused = world.write("there", "{}", 1);
      world.copy();
      AuditReport report = world.audit();
      assertThat(report.differences()).hasSize(Findings.MOST);
      assertThat(report.unnamed()).isGreaterThanOrEqualTo(500);
    }
  }

  @Test
  void whatIsGoneIsNotCalledLost() throws Exception {
    try (SourceWorld world = new SourceWorld(KeyFrom.RECORD, Start.EARLIEST, AMPLE)) {
      SourceRecord old = world.write("gone", "{}", 1);
      write(world, KeyFrom.RECORD, 100);
      world.copy();
      world.topic.truncate(old.partition(), old.offset() + 1);
      AuditReport report = world.audit();
      assertThat(report.differences()).isEmpty();
      assertThat(report.unproved()).extracting(AuditReport.Unproved::key).contains("gone");
      assertThat(report.sound()).isTrue();
      assertThat(report.complete()).isFalse();
    }
    try (SourceWorld world = new SourceWorld(KeyFrom.RECORD, Start.EARLIEST, AMPLE)) {
      SourceRecord old = world.write("a", "{\"n\":1}", 1);
      SourceRecord alone = world.write("b", "{}", 1);
      var unused = world.write("a", "{\"n\":2}", 1);
      world.copy();
      world.topic.compacts = true;
      world.topic.compact(old);
      assertThat(world.audit().unproved()).isEmpty();
      world.topic.compact(alone);
      AuditReport report = world.audit();
      assertThat(report.unproved()).extracting(AuditReport.Unproved::key).containsExactly("b");
      assertThat(report.sound()).isTrue();
      assertThat(report.complete()).isFalse();
    }
  }

  @Test
  void recordsThatIngestDoesNotTakeArePending() throws Exception {
    try (SourceWorld world = new SourceWorld(KeyFrom.RECORD, Start.EARLIEST, AMPLE)) {
      write(world, KeyFrom.RECORD, 50);
      world.copy();
      SourceRecord waiting = world.write("waiting", "{}", 1);
      AuditReport report = world.audit();
      assertThat(report.differences()).isEmpty();
      assertThat(report.sound()).isFalse();
      assertThat(report.sources().get(0).partitions().get(waiting.partition()).pending())
          .isEqualTo(1);
    }
  }

  @Test
  void aSourceThatStartsAtTheEndAnswersForWhatCameSince() throws Exception {
    try (SourceWorld world = new SourceWorld(KeyFrom.RECORD, Start.LATEST, AMPLE)) {
      SourceRecord before = world.write("before", "{}", 1);
      world.lost.add(before);
      SourceRecord since = world.write("before", "{\"n\":2}", 1);
      world.topic.begin(before.partition(), since.offset());
      world.copy();
      AuditReport report = world.audit();
      assertThat(report.differences()).isEmpty();
      assertThat(report.sources().get(0).partitions().get(before.partition()).before())
          .isEqualTo(1);
      world.damage("before", "{\"n\":3}");
      assertThat(world.audit().differences())
          .extracting(Difference::kind, Difference::offset)
          .containsExactly(tuple(Kind.OTHER_VALUE, since.offset()));
    }
  }

  @Test
  void lettersThatAreGoneProveNothing() throws Exception {
    try (SourceWorld world = new SourceWorld(KeyFrom.RECORD, Start.EARLIEST, AMPLE)) {
      world.lost.add(world.write("x", "{broken", 1));
      world.lettersAreWhole = false;
      world.copy();
      AuditReport report = world.audit();
      assertThat(report.differences()).isEmpty();
      assertThat(report.unproved()).hasSize(1);
    }
  }

  @Test
  void whatCannotBeReadEndsTheAudit() throws Exception {
    try (SourceWorld world = new SourceWorld(KeyFrom.RECORD, Start.EARLIEST, AMPLE)) {
      world.topic.fault = "no right to read the topic";
      AuditView failed = world.end(world.begin(Duration.ZERO).id());
      assertThat(failed.state()).isEqualTo(AuditView.State.FAILED);
      assertThat(failed.reason()).contains("no right");
      assertThat(failed.reports()).isEmpty();
    }
  }

  @Test
  void aDefinitionThatIsChangedMeanwhileEndsTheAudit() throws Exception {
    try (SourceWorld world = new SourceWorld(KeyFrom.RECORD, Start.EARLIEST, AMPLE)) {
      var waiting = world.write("a", "{\"x\":1}", 1);
      AuditView audit = world.begin(Duration.ofSeconds(60));
      await()
          .until(
              () ->
                  world.desk().find(audit.id()).orElseThrow().phase().startsWith("waiting until"));
      world.define(List.of("x"));
      assertThat(world.lost).doesNotContain(waiting);
      world.copy();
      AuditView ended = world.end(audit.id());
      assertThat(ended.state()).isEqualTo(AuditView.State.FAILED);
      assertThat(ended.reason()).contains("changed meanwhile");
    }
  }

  @Test
  void evenAnErrorEndsIt() {
    AuditView.Terms terms = new AuditView.Terms(Duration.ZERO, 1_000);
    try (SourceWorld world = new SourceWorld(KeyFrom.RECORD, Start.EARLIEST, AMPLE);
        AuditDesk desk =
            new AuditDesk(
                new AuditPorts(
                    world.database,
                    source -> {
                      throw new StackOverflowError("too deep");
                    },
                    (source, places) -> {},
                    ValueLimits.defaults(),
                    AMPLE),
                Clock.systemUTC())) {
      Audits.Started first = desk.start(List.of("person"), terms);
      assertThat(first).isInstanceOf(Audits.Begun.class);
      await().until(() -> desk.all().get(0).state() == AuditView.State.FAILED);
      assertThat(desk.all().get(0).reason()).contains("too deep");
      assertThat(desk.start(List.of("person"), terms)).isInstanceOf(Audits.Begun.class);
    }
  }

  @Test
  void oneAtATimeAndItCanBeCancelled() throws Exception {
    try (SourceWorld world = new SourceWorld(KeyFrom.RECORD, Start.EARLIEST, AMPLE)) {
      world.database.refuse(new Refusal.Rebalancing(0, "moving"));
      AuditView first = world.begin(Duration.ofSeconds(60));
      Audits.Started second =
          world.desk().start(List.of("person"), new AuditView.Terms(Duration.ZERO, 1));
      assertThat(second).isEqualTo(new Audits.Busy(first.id()));
      assertThat(world.desk().cancel("unknown")).isEmpty();
      assertThat(world.desk().cancel(first.id())).isPresent();
      assertThat(world.end(first.id()).state()).isEqualTo(AuditView.State.CANCELLED);
      world.database.refuse(null);
      await().until(() -> world.audit().sound());
      assertThat(world.desk().all()).hasSizeGreaterThan(1);
    }
  }

  /** Puts, tombstones, records that are filtered out and such that cannot be read. */
  private void write(SourceWorld world, KeyFrom keys, int count) {
    for (int i = 0; i < count; i++) {
      String row = "row" + random.nextInt(ROWS);
      String id = keys == KeyFrom.TRACKED ? row + "-" + random.nextInt(3) : row;
      int dice = random.nextInt(20);
      String value =
          dice == 0
              ? "{broken"
              : dice == 1 && keys != KeyFrom.IMMUTABLE
                  ? null
                  : "{\"id\":\"%s\",\"n\":%d%s}"
                      .formatted(id, random.nextInt(1_000), dice == 2 ? ",\"hidden\":1" : "");
      var unused = world.write(row, value, time++);
    }
  }
}
