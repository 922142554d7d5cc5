package dev.weir.store.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.Admission;
import dev.weir.store.Consistency;
import dev.weir.store.Demand;
import dev.weir.store.Refusal;
import dev.weir.store.Staleness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Demand STRONG =
      new Demand(Consistency.STRONG, Demand.NO_FLOOR, true, SECOND);

  private final HandDriven driven = HandDriven.serving(9);
  private final Gate gate = driven.gate;

  private static Demand aged(Duration maxAge) {
    return new Demand(Consistency.Bounded.age(maxAge), Demand.NO_FLOOR, false, SECOND);
  }

  private static Demand behind(long records) {
    return new Demand(Consistency.Bounded.records(records), Demand.NO_FLOOR, false, SECOND);
  }

  private static Refusal denied(CompletableFuture<Admission> pass) {
    assertThat(pass).isCompletedWithValueMatching(a -> a instanceof Admission.Denied);
    return ((Admission.Denied) pass.join()).refusal();
  }

  private static Staleness bound(CompletableFuture<Admission> pass) {
    assertThat(pass).isCompletedWithValueMatching(a -> a instanceof Admission.Granted);
    return ((Admission.Granted) pass.join()).staleness();
  }

  @Test
  void whatIsMetIsGrantedInTheCall() {
    assertThat(gate.pass(0, Demand.EVENTUAL)).isCompletedWithValue(Admission.GRANTED);
    assertThat(gate.pass(0, Demand.reached(9, SECOND))).isCompletedWithValue(Admission.GRANTED);
    assertThat(driven.lookups).isEmpty();
  }

  @Test
  void whatWasFoundOnDiskIsReadBeforeItIsCompleteByThoseWhoTakeIt() {
    HandDriven opened = new HandDriven(100);
    opened.ownership.opened(0);
    opened.fold(0, 9);
    assertThat(denied(opened.gate.pass(0, Demand.EVENTUAL))).isEqualTo(new Refusal.NotOwner(0));

    opened.ownership.foundOnDisk(0);
    opened.ownership.activated(0);
    assertThat(opened.gate.pass(0, Demand.EVENTUAL)).isCompletedWithValue(Admission.GRANTED);
    assertThat(opened.gate.pass(0, Demand.reached(9, SECOND)))
        .isCompletedWithValue(Admission.GRANTED);
    for (Demand more : List.of(STRONG, Demand.ACTIVE, aged(SECOND))) {
      assertThat(denied(opened.gate.pass(0, more))).isInstanceOf(Refusal.Rebalancing.class);
    }

    opened.ownership.logEndSeen(0, 10);
    assertThat(opened.gate.pass(0, Demand.ACTIVE)).isCompletedWithValue(Admission.GRANTED);
    opened.ownership.closed(0);
    opened.ownership.opened(0);
    assertThat(denied(opened.gate.pass(0, Demand.EVENTUAL))).isEqualTo(new Refusal.NotOwner(0));
  }

  @Test
  void onlyTheActiveAnswersWhereItIsAskedFor() {
    assertThat(denied(gate.pass(0, Demand.ACTIVE))).isEqualTo(new Refusal.NotOwner(0));
    assertThat(denied(gate.pass(0, STRONG))).isEqualTo(new Refusal.NotOwner(0));
    driven.ownership.activated(0);
    assertThat(gate.pass(0, Demand.ACTIVE)).isCompletedWithValue(Admission.GRANTED);
    assertThat(denied(gate.pass(7, Demand.EVENTUAL))).isEqualTo(new Refusal.NotOwner(7));
  }

  @Test
  void aSessionWaitsForItsPositionOrHearsHowFarTheReplicaIs() {
    assertThat(denied(gate.pass(0, Demand.reached(12, Duration.ZERO))))
        .isEqualTo(new Refusal.BehindPosition(0, 9, 12));

    CompletableFuture<Admission> waits = gate.pass(0, Demand.reached(12, SECOND));
    CompletableFuture<Admission> late = gate.pass(0, Demand.reached(13, SECOND));
    driven.fold(0, 11);
    driven.fold(1, 50);
    assertThat(waits).isNotDone();
    driven.fold(0, 12);
    assertThat(waits).isCompletedWithValue(Admission.GRANTED);

    driven.pass(Duration.ofMillis(999));
    assertThat(late).isNotDone();
    driven.pass(Duration.ofMillis(20));
    assertThat(denied(late)).isEqualTo(new Refusal.BehindPosition(0, 12, 13));
  }

  @Test
  void aStrongReadMayNotShareALookupThatWasSentBeforeItArrived() {
    driven.ownership.activated(0);
    CompletableFuture<Admission> first = gate.pass(0, STRONG);
    CompletableFuture<Admission> second = gate.pass(0, STRONG);
    CompletableFuture<Admission> third = gate.pass(0, STRONG);
    assertThat(driven.lookups).hasSize(1);

    driven.lookups.remove().find(10);
    assertThat(first).isCompletedWithValue(Admission.GRANTED);
    assertThat(second).isNotDone();
    assertThat(third).isNotDone();
    assertThat(driven.lookups).as("one for both").hasSize(1);

    driven.lookups.remove().find(10);
    assertThat(second).isCompletedWithValue(Admission.GRANTED);
    assertThat(third).isCompletedWithValue(Admission.GRANTED);
    assertThat(driven.lookups).isEmpty();
  }

  @Test
  void theFoldingThreadKnowsWhatIsAwaited() {
    driven.ownership.activated(0);
    assertThat(gate.awaited(0, 100)).isFalse();
    CompletableFuture<Admission> read = gate.pass(0, STRONG);
    driven.lookups.remove().find(15);
    assertThat(gate.awaited(0, 13)).isFalse();
    assertThat(gate.awaited(0, 14)).isTrue();
    assertThat(gate.awaited(1, 14)).isFalse();
    driven.fold(0, 14);
    assertThat(read).isDone();
    assertThat(gate.awaited(0, 100)).isFalse();
  }

  @Test
  void aStrongReadWaitsForEverythingBelowTheEndItFound() {
    driven.ownership.activated(0);
    CompletableFuture<Admission> read = gate.pass(0, STRONG);
    driven.lookups.remove().find(15);
    driven.fold(0, 13);
    assertThat(read).isNotDone();
    driven.fold(0, 14);
    assertThat(read).isCompletedWithValue(Admission.GRANTED);

    CompletableFuture<Admission> stuck = gate.pass(0, STRONG);
    driven.lookups.remove().find(17);
    driven.pass(SECOND.plusMillis(10));
    assertThat(denied(stuck)).isEqualTo(new Refusal.BehindPosition(0, 14, 16));
    assertThat(gate.refused().count(RefusedReads.Reason.LATE)).isEqualTo(1);
  }

  @Test
  void oneLookupAsksForAllShardsThatAreWaitedFor() {
    driven.ownership.activated(0);
    driven.ownership.activated(1);
    CompletableFuture<Admission> first = gate.pass(0, STRONG);
    CompletableFuture<Admission> here = gate.pass(0, STRONG);
    CompletableFuture<Admission> there = gate.pass(1, STRONG);
    driven.lookups.remove().find(10);
    assertThat(first).isDone();
    assertThat(driven.lookups.peek().shards()).containsExactlyInAnyOrder(0, 1);
    driven.lookups.remove().find(10);
    assertThat(here).isDone();
    assertThat(there).isDone();
  }

  @Test
  void whileTheLogIsAwayStrongReadsAreRefusedAtOnceUntilItAnswersAgain() {
    driven.ownership.activated(0);
    CompletableFuture<Admission> first = gate.pass(0, STRONG);
    CompletableFuture<Admission> second = gate.pass(0, STRONG);
    driven.lookups.remove().fail();
    assertThat(denied(first)).isInstanceOf(Refusal.LogUnreachable.class);
    assertThat(denied(second)).isInstanceOf(Refusal.LogUnreachable.class);
    assertThat(gate.refused().count(RefusedReads.Reason.LOG_AWAY)).isEqualTo(2);

    assertThat(denied(gate.pass(0, STRONG))).isInstanceOf(Refusal.LogUnreachable.class);
    assertThat(denied(gate.pass(0, STRONG))).isInstanceOf(Refusal.LogUnreachable.class);
    assertThat(driven.lookups).as("one that tries the log again").hasSize(1);
    assertThat(gate.pass(0, Demand.EVENTUAL)).isCompletedWithValue(Admission.GRANTED);

    driven.lookups.remove().find(10);
    CompletableFuture<Admission> again = gate.pass(0, STRONG);
    assertThat(again).isNotDone();
    driven.lookups.remove().find(10);
    assertThat(again).isCompletedWithValue(Admission.GRANTED);
  }

  /** No call to a broker for each question: ksql #4855. */
  @Test
  void anAgeIsCountedFromTheLookupWhoseEndIsFolded() {
    long seen = gate.now();
    driven.pass(Duration.ofMillis(30));
    gate.endSeen(0, 10, seen);
    driven.pass(Duration.ofMillis(30));
    assertThat(bound(gate.pass(0, aged(Duration.ofMillis(60)))))
        .isEqualTo(new Staleness(60, Staleness.UNKNOWN));
    assertThat(driven.lookups).isEmpty();

    CompletableFuture<Admission> younger = gate.pass(0, aged(Duration.ofMillis(59)));
    assertThat(younger).isNotDone();
    driven.pass(Duration.ofMillis(2));
    driven.lookups.remove().find(10);
    assertThat(bound(younger)).isEqualTo(new Staleness(2, 0));
  }

  @Test
  void anEndThatIsFoldedLaterMakesTheStateAsFreshAsItsLookup() {
    gate.endSeen(0, 12, gate.now());
    driven.pass(Duration.ofMillis(100));
    gate.endSeen(0, 20, gate.now());
    driven.pass(Duration.ofMillis(50));
    driven.fold(0, 12);
    assertThat(bound(gate.pass(0, aged(SECOND))).ageMillis()).isEqualTo(150);
    driven.fold(0, 19);
    assertThat(bound(gate.pass(0, aged(SECOND))).ageMillis()).isEqualTo(50);
  }

  /** The node that serves holds to the bound: ksql #4506. */
  @Test
  void aBoundThatIsNotMetIsRefused() {
    CompletableFuture<Admission> read = gate.pass(0, aged(Duration.ofMillis(100)));
    driven.lookups.remove().find(11);
    driven.pass(Duration.ofMillis(150));
    driven.fold(0, 10);
    assertThat(read).as("150 ms have passed since that lookup").isNotDone();
    driven.lookups.remove().find(30);
    driven.pass(SECOND);
    assertThat(denied(read)).isEqualTo(new Refusal.TooStale(0, "it was complete 1000 ms ago"));

    CompletableFuture<Admission> away = gate.pass(0, aged(Duration.ofMillis(100)));
    driven.lookups.remove().fail();
    assertThat(denied(away)).isInstanceOf(Refusal.TooStale.class);
  }

  @Test
  void aNumberOfRecordsIsCountedFromALookupAfterTheReadArrived() {
    gate.endSeen(0, 10, gate.now());
    CompletableFuture<Admission> read = gate.pass(0, behind(5));
    assertThat(read).isNotDone();
    driven.lookups.remove().find(17);
    assertThat(read).isNotDone();
    driven.fold(0, 11);
    assertThat(bound(read).records()).isEqualTo(5);
  }

  @Test
  void whoWaitsHearsThatTheShardHasGone() {
    driven.ownership.activated(0);
    CompletableFuture<Admission> strong = gate.pass(0, STRONG);
    CompletableFuture<Admission> session = gate.pass(0, Demand.reached(20, SECOND));
    driven.ownership.deactivated(0);
    assertThat(denied(strong)).isEqualTo(new Refusal.NotOwner(0));
    assertThat(session).isNotDone();
    driven.ownership.stopped(0, "a gap");
    assertThat(denied(session)).isEqualTo(new Refusal.Stopped(0, "a gap"));
    driven.lookups.remove().find(10);
  }

  @Test
  void whatWasKnownOfAClosedStateIsForgotten() {
    gate.endSeen(0, 10, gate.now());
    gate.closed(0);
    CompletableFuture<Admission> read = gate.pass(0, aged(SECOND));
    assertThat(read).isNotDone();
    assertThat(driven.lookups).hasSize(1);
  }

  @Test
  void noMoreThanSoManyWait() {
    List<CompletableFuture<Admission>> waiting = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      waiting.add(gate.pass(0, Demand.reached(200 - i, SECOND)));
    }
    assertThat(denied(gate.pass(0, Demand.reached(50, SECOND))))
        .isInstanceOf(Refusal.Overloaded.class);
    assertThat(gate.waiting()).isEqualTo(100);
    assertThat(gate.refused().count(RefusedReads.Reason.OVERLOADED)).isEqualTo(1);
    driven.fold(0, 200);
    assertThat(gate.waiting()).isZero();
    assertThat(waiting).allMatch(CompletableFuture::isDone);
    CompletableFuture<Admission> next = gate.pass(0, Demand.reached(201, SECOND));
    assertThat(next).isNotDone();
    gate.close();
    assertThat(denied(next)).isInstanceOf(Refusal.Rebalancing.class);
  }
}
