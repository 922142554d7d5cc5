package dev.weir.store.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SiblingsTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private static CompletableFuture<Void> settle(Siblings siblings, String thread, int generation) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            siblings.settled(thread, generation);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        task -> new Thread(task, thread).start());
  }

  private static boolean waits(String thread) {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(
            each -> each.getName().equals(thread) && each.getState() == Thread.State.TIMED_WAITING);
  }

  @Test
  void whoComesFirstWaitsForTheOthers() throws Exception {
    Siblings siblings = new Siblings(LONG);
    settle(siblings, "a", 1).get(30, TimeUnit.SECONDS);
    settle(siblings, "b", 1).get(30, TimeUnit.SECONDS);

    CompletableFuture<Void> early = settle(siblings, "a", 2);
    await().until(() -> waits("a"));
    assertThat(early).isNotDone();
    settle(siblings, "b", 2).get(30, TimeUnit.SECONDS);
    early.get(30, TimeUnit.SECONDS);
  }

  @Test
  void whoIsAheadIsNotWaitedFor() throws Exception {
    Siblings siblings = new Siblings(LONG);
    settle(siblings, "a", 5).get(30, TimeUnit.SECONDS);
    settle(siblings, "b", 5).get(30, TimeUnit.SECONDS);
    CompletableFuture<Void> ahead = settle(siblings, "a", 7);
    CompletableFuture<Void> behind = settle(siblings, "b", 6);
    behind.get(30, TimeUnit.SECONDS);
    assertThat(ahead).isNotDone();
    CompletableFuture<Void> unused = settle(siblings, "b", 8);
    ahead.get(30, TimeUnit.SECONDS);
    settle(siblings, "a", 8).get(30, TimeUnit.SECONDS);
  }

  @Test
  void nobodyWaitsForEver() throws Exception {
    Siblings siblings = new Siblings(Duration.ofMillis(50));
    settle(siblings, "a", 1).get(30, TimeUnit.SECONDS);
    settle(siblings, "b", 2).get(30, TimeUnit.SECONDS);
    settle(siblings, "b", 3).get(30, TimeUnit.SECONDS);
  }
}
