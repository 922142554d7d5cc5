package dev.weir.store.truncation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.store.log.LogFacts;
import dev.weir.store.truncation.TruncationStep.Hold;
import dev.weir.store.truncation.TruncationStep.Truncate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TruncationRuleTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration FORGET = Duration.ofMinutes(10);
  private static final TruncationRule RULE = new TruncationRule(10, FORGET);

  @Test
  void whatIsInASnapshotAndInEveryReplicaGoesButForTheMargin() {
    assertThat(
            RULE.decide(
                log(0, 1000, 900), OptionalLong.of(500), List.of(active(950), standby(400)), NOW))
        .isEqualTo(new Truncate(3, 0, 390));
  }

  @Test
  void theSnapshotBindsToo() {
    assertThat(
            RULE.decide(
                log(100, 1000, 900), OptionalLong.of(300), List.of(active(950), standby(940)), NOW))
        .isEqualTo(new Truncate(3, 100, 290));
  }

  @Test
  void theGroupsOffsetBindsToo() {
    assertThat(RULE.decide(log(0, 1000, 200), OptionalLong.of(900), List.of(active(950)), NOW))
        .isEqualTo(new Truncate(3, 0, 190));
  }

  @Test
  void aLostReplicaIsWaitedForAndThenForgotten() {
    ReplicaPosition lost = new ReplicaPosition("n2", 50, false, NOW.minusSeconds(599));
    LogFacts.Shard log = log(0, 1000, 900);
    assertThat(RULE.decide(log, OptionalLong.of(500), List.of(active(950), lost), NOW))
        .isEqualTo(new Truncate(3, 0, 40));
    assertThat(
            RULE.decide(log, OptionalLong.of(500), List.of(active(950), lost), NOW.plusSeconds(1)))
        .as("the active was heard of just now, the other one too long ago")
        .isEqualTo(new Truncate(3, 0, 490));
  }

  @Test
  void nothingGoesWithoutASnapshotAnActiveOrACommit() {
    LogFacts.Shard log = log(0, 1000, 900);
    assertHeld(RULE.decide(log, OptionalLong.empty(), List.of(active(950)), NOW), "snapshot");
    assertHeld(RULE.decide(log, OptionalLong.of(500), List.of(standby(950)), NOW), "active");
    assertHeld(RULE.decide(log, OptionalLong.of(500), List.of(), NOW), "active");
    LogFacts.Shard uncommitted =
        new LogFacts.Shard(3, 0, 1000, OptionalLong.empty(), new LogFacts.RecordAt.NotLooked());
    assertHeld(
        RULE.decide(uncommitted, OptionalLong.of(500), List.of(active(950)), NOW), "committed");
  }

  @Test
  void aReplicaThatHasNothingYetKeepsEverything() {
    assertHeld(
        RULE.decide(
            log(0, 1000, 900), OptionalLong.of(500), List.of(active(950), standby(-1)), NOW),
        "node n2");
  }

  @Test
  void whatDoesNotFitTheLogIsNotActedUpon() {
    LogFacts.Shard log = log(100, 1000, 900);
    assertHeld(RULE.decide(log, OptionalLong.of(1000), List.of(active(950)), NOW), "another log");
    assertHeld(RULE.decide(log, OptionalLong.of(98), List.of(active(950)), NOW), "snapshot now");
    assertHeld(RULE.decide(log, OptionalLong.of(500), List.of(active(1000)), NOW), "explained");
  }

  @Test
  void aMarginBelowZeroIsRefused() {
    assertThatThrownBy(() -> new TruncationRule(-1, FORGET))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TruncationRule(0, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Against the definition, offset by offset. */
  @Test
  void exactlyWhatNobodyNeedsGoes() {
    SplittableRandom random = new SplittableRandom(20261121);
    int truncated = 0;
    for (int round = 0; round < 20_000; round++) {
      int end = random.nextInt(1, 40);
      int start = random.nextInt(0, end);
      long group = random.nextInt(0, end + 1);
      OptionalLong snapshot = OptionalLong.of(random.nextInt(start - 1, end));
      TruncationRule rule = new TruncationRule(random.nextInt(0, 8), FORGET);
      List<ReplicaPosition> replicas = new ArrayList<>();
      replicas.add(active(random.nextInt(-1, end)));
      for (int i = random.nextInt(3); i > 0; i--) {
        Instant seen = random.nextBoolean() ? NOW : NOW.minus(FORGET);
        replicas.add(new ReplicaPosition("n" + i, random.nextInt(-1, end), false, seen));
      }
      long expected = start;
      while (free(expected + rule.margin(), snapshot.getAsLong(), group, replicas)) {
        expected++;
      }
      TruncationStep step = rule.decide(log(start, end, group), snapshot, replicas, NOW);
      if (step instanceof Truncate truncate) {
        truncated++;
        assertThat(truncate).as("round %d", round).isEqualTo(new Truncate(3, start, expected));
      } else {
        assertThat(expected).as("round %d: %s", round, step).isEqualTo(start);
      }
    }
    assertThat(truncated).isGreaterThan(1000);
  }

  private static boolean free(
      long offset, long snapshot, long group, List<ReplicaPosition> replicas) {
    return offset < snapshot
        && offset < group
        && replicas.stream()
            .filter(replica -> replica.seen().equals(NOW))
            .allMatch(replica -> offset < replica.offset());
  }

  private static void assertHeld(TruncationStep step, String part) {
    assertThat(step).isInstanceOf(Hold.class);
    assertThat(((Hold) step).reason()).contains(part);
  }

  private static LogFacts.Shard log(long start, long end, long group) {
    return new LogFacts.Shard(
        3, start, end, OptionalLong.of(group), new LogFacts.RecordAt.NotLooked());
  }

  private static ReplicaPosition active(long offset) {
    return new ReplicaPosition("n1", offset, true, NOW);
  }

  private static ReplicaPosition standby(long offset) {
    return new ReplicaPosition("n2", offset, false, NOW);
  }
}
