package dev.weir.store.write;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The time of a shard among right and wrong clocks. */
class KeyedTimeTest {
  private static final long MINUTE = KeyedTime.MINUTE;
  private static final long NOW = 1_800_000_000_000L;
  private static final long DECADE = 10L * 365 * 24 * 60 * MINUTE;

  private final KeyedTime time = new KeyedTime();

  private void hear(long timestamp, int times) {
    for (int i = 0; i < times; i++) {
      time.heard(timestamp);
    }
  }

  @Test
  void itIsTheTimestampWhileClocksAreAboutRight() {
    time.heard(NOW);
    time.heard(NOW + 1);
    assertThat(time.millis()).isEqualTo(NOW + 1);
    time.heard(NOW - 20_000);
    assertThat(time.millis()).isEqualTo(NOW - 20_000);
    assertThat(time.agreeing()).isZero();
  }

  @Test
  void oneTimestampMovesItByAMinuteAtMost() {
    time.heard(NOW);
    time.heard(Long.MAX_VALUE);
    assertThat(time.millis()).isEqualTo(NOW + MINUTE);
    time.heard(Long.MIN_VALUE);
    time.heard(Long.MIN_VALUE);
    assertThat(time.millis()).isEqualTo(NOW - MINUTE);
  }

  @Test
  void aMinorityOfWrongClocksDoesNotMoveIt() {
    time.heard(NOW);
    for (int i = 0; i < 100_000; i++) {
      time.heard(i % 5 < 2 ? NOW + DECADE : NOW + i);
    }
    assertThat(Math.abs(time.millis() - NOW - 100_000)).isLessThan(3 * MINUTE);
    assertThat(Math.abs(time.agreeing())).isLessThan(5);
  }

  @Test
  void itComesBackAfterTheFirstClockWasWrongByADecade() {
    time.heard(NOW + DECADE);
    hear(NOW, 1_000);
    assertThat(time.millis()).isGreaterThan(NOW);
    hear(NOW, 1_000);
    assertThat(time.millis()).isEqualTo(NOW);
  }

  @Test
  void itGoesOnAfterAQuietDecade() {
    time.heard(NOW);
    hear(NOW + DECADE, 2_000);
    assertThat(time.millis()).isEqualTo(NOW + DECADE);
  }

  @Test
  void itDependsOnWhatIsKeptOnly() {
    hear(NOW, 1);
    hear(NOW + DECADE, 200);
    KeyedTime kept = new KeyedTime(time.millis(), time.agreeing());
    hear(NOW + DECADE, 200);
    for (int i = 0; i < 200; i++) {
      kept.heard(NOW + DECADE);
    }
    assertThat(kept.millis()).isEqualTo(time.millis());
    assertThat(kept.agreeing()).isEqualTo(time.agreeing());
  }
}
