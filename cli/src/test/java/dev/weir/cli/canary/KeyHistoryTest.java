package dev.weir.cli.canary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyHistoryTest {
  private static final long BOUND = 100;
  private final KeyHistory history = new KeyHistory(BOUND);

  @Test
  void whatWasWrittenIsReadAtEveryLevel() {
    for (Level level : Level.values()) {
      long number = history.attempt();
      history.acknowledged(number, 10);
      assertThat(history.read(level, number, 11, 12)).isEmpty();
      assertThat(history.staleness(number, 11)).isZero();
    }
  }

  @Test
  void aStrongReadShowsWhatWasAcknowledgedOrSeenBefore() {
    acknowledge(2, 10);
    assertThat(history.read(Level.STRONG, 1, 11, 12)).contains(Violation.STALE_STRONG_READ);
    // The answer of the third write was lost, and an eventual read shows it.
    long third = history.attempt();
    assertThat(history.read(Level.STRONG, 2, 13, 14)).isEmpty();
    assertThat(history.read(Level.EVENTUAL, third, 15, 16)).isEmpty();
    assertThat(history.read(Level.STRONG, 2, 17, 18)).contains(Violation.STALE_STRONG_READ);
  }

  @Test
  void aSessionNeverGoesBackAndOwesNothingToOthers() {
    acknowledge(1, 10);
    long second = history.attempt();
    assertThat(history.read(Level.EVENTUAL, second, 11, 12)).isEmpty();
    assertThat(history.read(Level.SESSION, 1, 13, 14)).isEmpty();
    assertThat(history.read(Level.SESSION, 0, 13, 14)).contains(Violation.SESSION_WENT_BACK);
    assertThat(history.read(Level.SESSION, second, 15, 16)).isEmpty();
    assertThat(history.read(Level.SESSION, 1, 17, 18)).contains(Violation.SESSION_WENT_BACK);
  }

  @Test
  void aBoundedReadMayLackWhatIsYoungerThanItsBound() {
    acknowledge(1, 1_000);
    acknowledge(1, 1_050);
    assertThat(history.read(Level.BOUNDED, 0, 1_099, 1_200)).isEmpty();
    assertThat(history.read(Level.BOUNDED, 0, 1_100, 1_200)).contains(Violation.BOUND_EXCEEDED);
    assertThat(history.read(Level.BOUNDED, 1, 1_149, 1_200)).isEmpty();
    assertThat(history.read(Level.BOUNDED, 1, 1_150, 1_200)).contains(Violation.BOUND_EXCEEDED);
    assertThat(history.read(Level.BOUNDED, 2, 9_000, 9_001)).isEmpty();
    assertThat(history.staleness(1, 1_150)).isEqualTo(100);
  }

  @Test
  void nobodyShowsWhatWasNeverWritten() {
    acknowledge(1, 1);
    assertThat(history.read(Level.EVENTUAL, 2, 2, 3)).contains(Violation.UNKNOWN_VALUE);
    assertThat(history.floor()).isEqualTo(1);
  }

  @Test
  void aLossIsToldOnce() {
    acknowledge(3, 1);
    assertThat(history.read(Level.STRONG, 1, 2, 3)).isPresent();
    history.lost(1);
    assertThat(history.read(Level.STRONG, 1, 4, 5)).isEmpty();
    assertThat(history.read(Level.SESSION, 1, 4, 5)).isEmpty();
  }

  private void acknowledge(int writes, long at) {
    for (int i = 0; i < writes; i++) {
      history.acknowledged(history.attempt(), at);
    }
  }
}
