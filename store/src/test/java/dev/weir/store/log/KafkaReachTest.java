package dev.weir.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class KafkaReachTest {
  private final AtomicLong now = new AtomicLong(5);

  @Test
  void oneFailureIsNoSilenceAndSilenceCountsFromTheLastAnswer() {
    KafkaReach reach = new KafkaReach(() -> KafkaFuture.completedFuture(""), now::get);
    reach.answered(true);
    pass(1300);
    reach.answered(false);
    assertThat(reach.reachable()).isTrue();
    pass(701);
    assertThat(reach.reachable()).isFalse();
    assertThat(reach.silence()).contains(Duration.ofMillis(2001));
    pass(1000);
    reach.answered(false);
    assertThat(reach.silence()).contains(Duration.ofMillis(3001));
    reach.answered(true);
    assertThat(reach.reachable()).isTrue();
  }

  @Test
  void aNodeThatWasAsleepDoesNotTakeKafkaForAbsent() {
    KafkaReach reach = new KafkaReach(() -> KafkaFuture.completedFuture(""), now::get);
    reach.answered(true);
    pass(60_000);
    assertThat(reach.reachable()).isTrue();
    reach.answered(false);
    assertThat(reach.reachable()).isTrue();
    pass(1_000);
    assertThat(reach.reachable()).isFalse();
  }

  @Test
  void asksAgainAndAgainWhateverComesOfIt() {
    ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    AtomicBoolean there = new AtomicBoolean(true);
    AtomicInteger asked = new AtomicInteger();
    KafkaReach reach = new KafkaReach(() -> answer(asked.incrementAndGet(), there.get()), now::get);
    try {
      reach.start(executor);
      there.set(false);
      int before = asked.get();
      Awaitility.await().until(() -> asked.get() > before + 2);
      pass(2_500);
      assertThat(reach.reachable()).isFalse();
      there.set(true);
      Awaitility.await().until(reach::reachable);
    } finally {
      executor.shutdownNow();
    }
  }

  private static KafkaFuture<?> answer(int number, boolean there) {
    if (there) {
      return KafkaFuture.completedFuture("cluster");
    }
    if (number % 2 == 0) {
      throw new IllegalStateException("of any kind");
    }
    KafkaFutureImpl<String> failed = new KafkaFutureImpl<>();
    failed.completeExceptionally(new TimeoutException());
    return failed;
  }

  private void pass(long millis) {
    now.addAndGet(Duration.ofMillis(millis).toNanos());
  }
}
