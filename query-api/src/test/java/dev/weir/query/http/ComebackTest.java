package dev.weir.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ComebackTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final Comeback comeback = new Comeback();
  private long now = Long.MAX_VALUE - 5; // as System.nanoTime may be

  private void leaveEvery(int millis, int times) {
    for (int i = 0; i < times; i++) {
      now += TimeUnit.MILLISECONDS.toNanos(millis);
      comeback.left(now);
    }
  }

  @Test
  void whoIsAloneComesBackInASecond() {
    assertThat(comeback.turn(now)).isEqualTo(Comeback.SHORTEST);
    leaveEvery(1, 10_000);
    assertThat(comeback.turn(now)).isBetween(Comeback.SHORTEST, Comeback.SHORTEST + 2 * MILLI);
  }

  @Test
  void aCrowdComesBackOneAfterTheOtherAsFastAsOthersLeave() {
    leaveEvery(1, 2000);
    long before = comeback.turn(now);
    for (int i = 0; i < 4000; i++) {
      long turn = comeback.turn(now);
      assertThat(turn - before).isBetween(MILLI * 9 / 10, MILLI * 11 / 10);
      before = turn;
    }
  }

  @Test
  void quietTimesSayNothingOfThePace() {
    leaveEvery(1, 2000);
    comeback.idle();
    leaveEvery(900, 1);
    comeback.turn(now);
    assertThat(comeback.turn(now)).isLessThan(Comeback.SHORTEST + 3 * MILLI);
  }

  @Test
  void nobodyIsToldToWaitLonger() {
    leaveEvery(100, 500);
    for (int i = 0; i < 1000; i++) {
      assertThat(comeback.turn(now)).isBetween(Comeback.SHORTEST, Comeback.LONGEST);
    }
    assertThat(comeback.turn(now)).isEqualTo(Comeback.LONGEST);
  }

  @Test
  void aCrowdOfYesterdayIsForgotten() {
    leaveEvery(1, 2000);
    for (int i = 0; i < 4000; i++) {
      comeback.turn(now);
    }
    now += TimeUnit.SECONDS.toNanos(10);
    assertThat(comeback.turn(now)).isBetween(Comeback.SHORTEST, Comeback.SHORTEST + 2 * MILLI);
  }
}
