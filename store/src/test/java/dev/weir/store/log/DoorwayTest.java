package dev.weir.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class DoorwayTest {
  private final AtomicLong now = new AtomicLong();
  private final Doorway doorway = new Doorway(true, now::get);

  private boolean enterElsewhere() {
    return CompletableFuture.supplyAsync(
            () -> {
              boolean entered = doorway.enter();
              doorway.leave();
              return entered;
            })
        .join();
  }

  private void pass(long millis) {
    now.addAndGet(Duration.ofMillis(millis).toNanos());
  }

  @Test
  void nobodyEntersBehindOneWhoIsStuck() {
    assertThat(doorway.enter()).isTrue();
    pass(250);
    assertThat(enterElsewhere()).isTrue();
    pass(1);
    assertThat(enterElsewhere()).isFalse();
    doorway.leave();
    assertThat(enterElsewhere()).isTrue();
  }

  @Test
  void withoutAWatchmanEverybodyEnters() {
    Doorway open = new Doorway(false, now::get);
    assertThat(open.enter()).isTrue();
    pass(60_000);
    assertThat(open.enter()).isTrue();
  }
}
