package dev.weir.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ComebackTest {
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
    assertThat(comeback.seconds(now)).isEqualTo(1);
    leaveEvery(1, 10_000);
    assertThat(comeback.seconds(now)).isEqualTo(1);
  }

  @Test
  void aCrowdComesBackAsFastAsOthersLeave() {
    leaveEvery(1, 2000);
    int[] told = new int[Comeback.LONGEST + 1];
    for (int i = 0; i < 4000; i++) {
      told[comeback.seconds(now)]++;
    }
    for (int second = 1; second <= 4; second++) {
      assertThat(told[second]).as("come back after %d s", second).isBetween(900, 1100);
    }
  }

  @Test
  void nobodyIsToldToWaitLonger() {
    leaveEvery(100, 500);
    for (int i = 0; i < 1000; i++) {
      assertThat(comeback.seconds(now)).isBetween(1, Comeback.LONGEST);
    }
    assertThat(comeback.seconds(now)).isEqualTo(Comeback.LONGEST);
  }

  @Test
  void aCrowdOfYesterdayIsForgotten() {
    leaveEvery(100, 500);
    for (int i = 0; i < 1000; i++) {
      comeback.seconds(now);
    }
    now += TimeUnit.SECONDS.toNanos(10);
    assertThat(comeback.seconds(now)).isEqualTo(1);
  }
}
