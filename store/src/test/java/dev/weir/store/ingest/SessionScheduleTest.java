package dev.weir.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.ShardMap;
import dev.weir.store.SourceDefinition;
import dev.weir.store.ValueFormats;
import dev.weir.store.write.LogRecord.Origin;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/**
 * Sessions of one partition under random schedules: they die between send and commit, lose sends in
 * the middle, go on as zombies after another took over. Whatever happens, every record takes effect
 * once, in the order of the source.
 */
final class SessionScheduleTest {

  private static final int RECORDS = 40;
  private static final int SHARDS = 3;
  private static final int MAX_SESSIONS = 6;
  private static final Origin ORIGIN =
      new Origin(Definitions.SOURCE, 1, Uuid.fromString("AAAAAAAAAAAAAAAAAAAAAQ"), 0);
  private static final SourceDefinition SOURCE = Definitions.source(Definitions.byRecordKey());
  private static final SourceMapping MAPPING =
      SourceMapping.of(
          SOURCE,
          Definitions.collection("string", "json"),
          ValueFormats.of("json"),
          DocumentCheck.NONE,
          ValueLimits.defaults());

  private static final SourceMeters METERS = new SourceMeters(new SimpleMeterRegistry(), "orders");

  @Test
  void everyRecordTakesEffectOnceAndInOrder() {
    long first = new Random().nextInt(1_000_000);
    for (long seed = first; seed < first + 1_000; seed++) {
      Schedule schedule = new Schedule(seed, true);
      schedule.run();
      assertThat(schedule.effects()).as("seed " + seed).isEqualTo(schedule.expected());
    }
  }

  @Test
  void aFoldThatIgnoresTheChainIsFoundOut() {
    Set<Boolean> right = new HashSet<>();
    for (long seed = 0; seed < 200; seed++) {
      Schedule schedule = new Schedule(seed, false);
      schedule.run();
      right.add(schedule.effects().equals(schedule.expected()));
    }
    assertThat(right).contains(false);
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
    private final Random random;
    private final FakeLog log;
    private final List<ConsumerRecord<byte[], byte[]>> source = new ArrayList<>();
    private final List<Actor> actors = new ArrayList<>();
    private final Set<Long> poison = new HashSet<>();
    private long committed;

    Schedule(long seed, boolean checkPrev) {
      this.random = new Random(seed);
      this.log = new FakeLog(SHARDS, checkPrev);
      for (int i = 0; i < RECORDS; i++) {
        String key = "k" + random.nextInt(8);
        String value = random.nextInt(10) == 0 ? "broken" : "{\"n\":" + i + "}";
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
          takeOver();
        }
      }
      finish();
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
              producer,
              new ShardMap(SHARDS),
              (name, record, why) -> {
                poison.add(record.offset());
                return CompletableFuture.completedFuture(null);
              },
              new InFlight(1_000, 1_000_000));
      PartitionSession.Subject subject =
          new PartitionSession.Subject(SOURCE, MAPPING, ORIGIN, CommitNote.of(ORIGIN, 1), Set.of());
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

    List<List<Long>> effects() {
      return log.shards().stream().map(shard -> shard.applied(0)).toList();
    }

    List<List<Long>> expected() {
      ShardMap map = new ShardMap(SHARDS);
      List<List<Long>> expected = new ArrayList<>();
      for (int shard = 0; shard < SHARDS; shard++) {
        expected.add(new ArrayList<>());
      }
      for (ConsumerRecord<byte[], byte[]> record : source) {
        if (MAPPING.map(record.key(), record.value()) instanceof Mapped.Append append) {
          expected.get(map.shardOf(append.shardKey())).add(record.offset());
        } else {
          assertThat(poison).contains(record.offset());
        }
      }
      return expected;
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
