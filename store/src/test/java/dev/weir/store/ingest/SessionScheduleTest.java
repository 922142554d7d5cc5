package dev.weir.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.ShardMap;
import dev.weir.store.SourceDefinition;
import dev.weir.store.SourceDefinition.KeyFrom;
import dev.weir.store.ValueFormats;
import dev.weir.store.write.LogRecord.Origin;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/**
 * Sessions of one partition under random schedules: they die between send and commit, lose sends in
 * the middle, go on as zombies after another took over, also with a newer mapping. Whatever
 * happens, every record takes effect once, in the order of the source.
 */
final class SessionScheduleTest {

  private static final Uuid LOG = new Uuid(3, 3);
  private static final int RECORDS = 40;
  private static final int SHARDS = 3;
  private static final int MAX_SESSIONS = 6;
  private static final Uuid TOPIC = Uuid.fromString("AAAAAAAAAAAAAAAAAAAAAQ");
  private static final List<SourceDefinition> REVISIONS =
      List.of(
          Definitions.source(Definitions.byRecordKey()),
          Definitions.source(Definitions.byFields(KeyFrom.IMMUTABLE, "id")));
  private static final List<SourceMapping> MAPPINGS =
      REVISIONS.stream().map(SessionScheduleTest::mapping).toList();

  private static final SourceMeters METERS = new SourceMeters(new SimpleMeterRegistry(), "orders");

  private static SourceMapping mapping(SourceDefinition source) {
    return SourceMapping.of(
        source,
        Definitions.collection("string", "json"),
        ValueFormats.of("json"),
        DocumentCheck.NONE,
        ValueLimits.defaults());
  }

  private static Origin origin(int revision) {
    return new Origin(Definitions.SOURCE, revision, TOPIC, 0);
  }

  @Test
  void everyRecordTakesEffectOnceAndInOrder() {
    long first = new Random().nextInt(1_000_000);
    for (long seed = first; seed < first + 1_000; seed++) {
      Schedule schedule = new Schedule(seed, true);
      schedule.run();
      schedule.check();
    }
  }

  @Test
  void aFoldThatIgnoresTheChainIsFoundOut() {
    int wrong = 0;
    for (long seed = 0; seed < 200; seed++) {
      Schedule schedule = new Schedule(seed, false);
      schedule.run();
      try {
        schedule.check();
      } catch (AssertionError e) {
        wrong++;
      }
    }
    assertThat(wrong).isPositive();
  }

  /** A session with its place in the source and its own producer. */
  private static final class Actor {
    final FakeLog.Held producer;
    final PartitionSession session;
    long position;

    Actor(FakeLog.Held producer, PartitionSession session, long position) {
      this.producer = producer;
      this.session = session;
      this.position = position;
    }
  }

  /** One run. */
  private static final class Schedule {
    private final long seed;
    private final Random random;
    private final FakeLog log;
    private final List<ConsumerRecord<byte[], byte[]>> source = new ArrayList<>();
    private final List<Actor> actors = new ArrayList<>();
    private int revision = 1;
    private long committed;
    private long leftByTheOldRevision = RECORDS;
    private long begunByTheNewRevision = RECORDS;

    Schedule(long seed, boolean checkPrev) {
      this.seed = seed;
      this.random = new Random(seed);
      this.log = new FakeLog(SHARDS, checkPrev);
      for (int i = 0; i < RECORDS; i++) {
        String key = "k" + random.nextInt(8);
        String value =
            random.nextInt(10) == 0 ? "broken" : "{\"id\":\"d" + random.nextInt(8) + "\"}";
        source.add(new ConsumerRecord<>("orders-topic", 0, i, utf8(key), utf8(value)));
      }
      takeOver();
    }

    void run() {
      for (int step = 0; step < 400; step++) {
        Actor any = actors.get(random.nextInt(actors.size()));
        int shard = random.nextInt(SHARDS);
        int dice = random.nextInt(100);
        if (dice < 45) {
          read(any);
        } else if (dice < 75) {
          any.producer.deliver(shard);
        } else if (dice < 79) {
          any.producer.lose(shard);
        } else if (dice < 82) {
          any.producer.deliverUnheard(shard);
        } else if (dice < 95) {
          commit();
        } else if (actors.size() < MAX_SESSIONS) {
          changeRevision();
          takeOver();
        }
      }
      finish();
    }

    /** Sometimes the next owner works by a newer mapping, from the start or from where it is. */
    private void changeRevision() {
      if (revision == 1 && random.nextInt(4) == 0) {
        revision = 2;
        leftByTheOldRevision = committed;
        committed = random.nextBoolean() ? 0 : committed;
        begunByTheNewRevision = committed;
      }
    }

    /** Faults end; zombies still deliver what they hold, at random moments. */
    private void finish() {
      while (committed < RECORDS) {
        Actor owner = owner();
        if (owner.session.failure() != null) {
          takeOver();
          continue;
        }
        read(owner);
        for (Actor actor : actors) {
          if (random.nextBoolean()) {
            actor.producer.deliver(random.nextInt(SHARDS));
          }
        }
        commit();
      }
      actors.forEach(actor -> actor.producer.deliverAll());
    }

    private Actor owner() {
      return actors.get(actors.size() - 1);
    }

    private void takeOver() {
      FakeLog.Held producer = log.held();
      SessionTarget target =
          new SessionTarget(
              LOG,
              producer,
              new ShardMap(SHARDS),
              (name, record, why) -> CompletableFuture.completedFuture(null),
              new InFlight(1_000, 1_000_000));
      PartitionSession.Subject subject =
          new PartitionSession.Subject(
              REVISIONS.get(revision - 1),
              MAPPINGS.get(revision - 1),
              origin(revision),
              CommitNote.of(LOG, origin(revision), 1),
              Set.of());
      actors.add(
          new Actor(producer, new PartitionSession(subject, target, METERS, committed), committed));
    }

    private void read(Actor actor) {
      if (actor.position < RECORDS && actor.session.failure() == null) {
        actor.session.process(source.get((int) actor.position));
        actor.position++;
      }
    }

    /** Only the owner can: the group refuses commits of members it has replaced. */
    private void commit() {
      Actor owner = owner();
      owner.session.advance();
      committed = Math.max(committed, owner.session.done().offset());
    }

    void check() {
      for (int shard = 0; shard < SHARDS; shard++) {
        ReferenceFold fold = log.shards().get(shard);
        List<Long> older = fold.applied(origin(1));
        List<Long> expected = expected(1, shard, 0);
        assertThat(older).as("seed " + seed).isEqualTo(expected.subList(0, older.size()));
        assertThat(expected.subList(older.size(), expected.size()))
            .as("seed " + seed)
            .allMatch(offset -> offset >= leftByTheOldRevision);
        assertThat(fold.applied(origin(2)))
            .as("seed " + seed)
            .isEqualTo(expected(2, shard, begunByTheNewRevision));
        assertThat(fold.applied())
            .as("seed " + seed)
            .isSortedAccordingTo(Comparator.comparingInt(r -> r.origin().revision()));
      }
    }

    /** The offsets that a revision sends to a shard, from an offset on. */
    private List<Long> expected(int of, int shard, long from) {
      List<Long> offsets = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> record : source) {
        Mapped mapped = MAPPINGS.get(of - 1).map(record.key(), record.value());
        if (mapped instanceof Mapped.Append append
            && record.offset() >= from
            && new ShardMap(SHARDS).shardOf(append.shardKey()) == shard) {
          offsets.add(record.offset());
        }
      }
      return offsets;
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
