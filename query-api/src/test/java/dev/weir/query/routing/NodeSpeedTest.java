package dev.weir.query.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is learned of a node's speed, by a clock that is moved by hand. */
class NodeSpeedTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final NodeSpeed speed = new NodeSpeed();
  private long now;

  private void answers(int count, long everyNanos, long nanos) {
    for (int i = 0; i < count; i++) {
      speed.asked(now);
      now += everyNanos;
      speed.answered(now, nanos);
    }
  }

  @Test
  void aNodeThatIsNotKnownIsTheCheapest() {
    assertThat(speed.cost()).isZero();
    speed.asked(0);
    assertThat(speed.cost()).isPositive();
  }

  @Test
  void aNodeThatGetsSlowIsKnownToBeWithinAFewHundredMilliseconds() {
    answers(1_000, MILLI, MILLI);
    assertThat(speed.cost()).isBetween(0.9 * MILLI, 1.1 * MILLI);
    answers(200, MILLI, 100 * MILLI);
    assertThat(speed.cost()).isGreaterThan(80.0 * MILLI);
    answers(500, MILLI, MILLI);
    assertThat(speed.cost()).isLessThan(3.0 * MILLI);
  }

  @Test
  void oneAnswerAfterALongSilenceSaysItAll() {
    answers(100, MILLI, 100 * MILLI);
    now += 1_000 * MILLI;
    assertThat(speed.unknownSince(now, 500 * MILLI)).isTrue();
    answers(1, MILLI, MILLI);
    assertThat(speed.unknownSince(now, 500 * MILLI)).isFalse();
    assertThat(speed.cost()).isLessThan(2.0 * MILLI);
  }

  @Test
  void callsThatWaitMakeTheNextOneDearer() {
    answers(100, MILLI, MILLI);
    double idle = speed.cost();
    speed.asked(now);
    speed.asked(now);
    assertThat(speed.cost()).isEqualTo(3 * idle);
    assertThat(speed.unknownSince(now + 10_000 * MILLI, MILLI)).isFalse();
    speed.takenBack(now, 0);
    speed.takenBack(now, 0);
    assertThat(speed.cost()).isEqualTo(idle);
  }

  @Test
  void theTailIsThatOfTheNewestAnswersOnceThereAreEnough() {
    answers(31, MILLI, MILLI);
    assertThat(speed.tail()).isEqualTo(Long.MAX_VALUE);
    answers(97, MILLI, MILLI);
    assertThat(speed.tail()).isEqualTo(MILLI);
    for (int i = 0; i < 64; i++) {
      answers(1, MILLI, (i + 1) * MILLI);
    }
    assertThat(speed.tail()).isBetween(50 * MILLI, 62 * MILLI);
    answers(128, MILLI, 2 * MILLI);
    assertThat(speed.tail()).isEqualTo(2 * MILLI);
  }
}
