package dev.weir.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which lines stand, and who is refused in them. */
class StandingLineTest {
  private static final long MILLI = 1_000_000;
  private static final long INTERVAL = 100 * MILLI;

  private final StandingLine line = new StandingLine(50 * MILLI);
  private long now = 1_000_000 * MILLI;

  /** Lets requests through, evenly over an interval; gives how many are refused. */
  private int interval(long waited, int requests) {
    int refused = 0;
    for (int i = 0; i < requests; i++) {
      refused += line.tooLong(waited, now) ? 1 : 0;
      now += INTERVAL / requests;
    }
    return refused;
  }

  @Test
  void nobodyIsRefusedWhileMostAreInTime() {
    for (int i = 0; i < 10; i++) {
      assertThat(interval(MILLI, 60)).isZero();
      assertThat(interval(50 * MILLI, 60)).isZero();
    }
  }

  @Test
  void aLineStandsOnceMostWaitedTooLongForAnInterval() {
    assertThat(interval(51 * MILLI, 100)).isZero();
    assertThat(interval(51 * MILLI, 100)).isGreaterThan(95);
    assertThat(line.tooLong(49 * MILLI, now)).isFalse();
  }

  @Test
  void aPauseOfTheProcessRefusesNobody() {
    interval(MILLI, 100);
    for (int i = 0; i < 100; i++) {
      assertThat(line.tooLong(300 * MILLI, now)).isFalse(); // all that came in the pause
    }
    now += INTERVAL / 2;
    for (int i = 0; i < 200; i++) {
      assertThat(line.tooLong(MILLI, now)).isFalse();
    }
    now += INTERVAL;
    assertThat(line.tooLong(60 * MILLI, now)).isFalse();
  }

  @Test
  void aLineThatHasGoneAwayIsForgotten() {
    interval(51 * MILLI, 100);
    interval(51 * MILLI, 100);
    now += 10 * INTERVAL;
    assertThat(line.tooLong(60 * MILLI, now)).isFalse();
  }
}
