package dev.weir.query.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.routing.RoutingTable;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class SystemTimeTest {
  private static final Duration SOON = Duration.ofMillis(20);

  private final SystemTime time = new SystemTime();

  @Test
  void whatWasSetBeforeTheCloseGoesOff() throws Exception {
    CompletableFuture<Boolean> rung = new CompletableFuture<>();
    time.after(SOON, () -> rung.complete(true));
    time.close();
    assertThat(rung.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aCallThatIsTriedAgainAfterTheCloseComesToItsEnd() throws Exception {
    TableWatch tables = new TableWatch(() -> new RoutingTable(-1, new TreeMap<>(), Map.of()));
    Attempts attempts =
        new Attempts(tables, RouterSettings.defaults(), time, Duration.ofSeconds(5));
    CompletableFuture<Boolean> tried = new CompletableFuture<>();
    time.close();
    attempts.retry(0, 0, () -> tried.complete(true));
    assertThat(tried.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void theThreadEndsWithTheLastAlarm() throws Exception {
    CompletableFuture<Thread> ringing = new CompletableFuture<>();
    time.after(SOON, () -> ringing.complete(Thread.currentThread()));
    Thread thread = ringing.get(10, TimeUnit.SECONDS);
    assertThat(thread.isAlive()).isTrue();
    time.close();
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !thread.isAlive());
  }
}
