package dev.weir.store.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.write.OutboxSpan;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlowSendingTest {
  private static final long SECOND = 1_000_000_000L;
  private final SlowSending sending = new SlowSending();

  @Test
  void whatAStateWasOpenedWithCountsAtOnceUntilItIsSent() {
    assertThat(look(0, 1, 1, 9)).isTrue();
    assertThat(look(1, 1, 8, 30)).isTrue();
    assertThat(look(2, 1, 10, 40)).as("newer ones are as usual").isFalse();
    assertThat(look(3, 1, 30, 50)).isFalse();
  }

  @Test
  void whatIsOnItsWayForAMomentDoesNot() {
    assertThat(look(0, 1, 1, 0)).isFalse();
    assertThat(look(1, 1, 1, 5)).isFalse();
    assertThat(look(2, 1, 3, 8)).as("5 has been here for a second").isFalse();
    assertThat(look(4, 1, 6, 20)).isFalse();
  }

  @Test
  void whatStaysDoes() {
    assertThat(look(0, 1, 1, 0)).isFalse();
    assertThat(look(1, 1, 1, 5)).isFalse();
    assertThat(look(4, 1, 5, 60)).isTrue();
    assertThat(look(5, 1, 6, 70)).isFalse();
  }

  private boolean look(long seconds, int target, long first, long last) {
    return sending.look(Map.of(target, new OutboxSpan(first, last)), seconds * SECOND);
  }
}
