package dev.weir.query.peer;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way to one node: a connection that is made when it is first needed and again when it is lost.
 * While the node does not accept one, calls fail at once, and attempts come at growing intervals.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what is chained here does not throw
final class PeerLink {
  private final Supplier<CompletableFuture<PeerConnection>> connector;
  private final PeerSettings settings;
  private final BiConsumer<Duration, Runnable> alarm;
  private final Map<Work, AtomicInteger> inFlight = new EnumMap<>(Work.class);
  private final Object lock = new Object();
  private volatile @Nullable PeerConnection ready;
  private @Nullable CompletableFuture<PeerConnection> connecting; // under lock
  private long pauseNanos; // under lock; 0 = the last attempt was good
  private long pausedAt; // under lock
  private String lastFailure = ""; // under lock

  /**
   * A link without a connection.
   *
   * @param alarm runs something after a while
   */
  PeerLink(
      Supplier<CompletableFuture<PeerConnection>> connector,
      PeerSettings settings,
      BiConsumer<Duration, Runnable> alarm) {
    this.connector = connector;
    this.settings = settings;
    this.alarm = alarm;
    for (Work work : Work.values()) {
      inFlight.put(work, new AtomicInteger());
    }
  }

  /** Sends a call as soon as there is a connection, or fails it. */
  void send(Call<?> call) {
    AtomicInteger waiting = Objects.requireNonNull(inFlight.get(call.work()));
    if (waiting.incrementAndGet() > settings.inFlight().of(call.work())) {
      waiting.decrementAndGet();
      call.refused(call.work().words() + " to one node");
      return;
    }
    call.whenFinished(waiting::decrementAndGet);
    PeerConnection open = ready;
    if (open != null && open.isOpen()) {
      open.send(call);
      return;
    }
    CompletableFuture<PeerConnection> attempt;
    String failed;
    synchronized (lock) {
      attempt = attempt();
      failed = lastFailure;
    }
    if (attempt == null) {
      call.unsent(failed);
      return;
    }
    if (!attempt.isDone()) {
      alarm.accept(call.patience(), () -> call.giveUp("no connection in time"));
    }
    attempt.whenComplete(
        (connection, failure) -> {
          if (connection == null) {
            call.unsent(String.valueOf(failure.getMessage()));
          } else {
            connection.send(call);
          }
        });
  }

  /** The attempt that is under way, or a new one; null if it is too early for one. */
  private @Nullable CompletableFuture<PeerConnection> attempt() {
    if (connecting != null) {
      return connecting;
    }
    if (System.nanoTime() - pausedAt < pauseNanos) {
      return null;
    }
    CompletableFuture<PeerConnection> attempt = connector.get();
    connecting = attempt;
    attempt.whenComplete(this::attempted);
    return attempt;
  }

  private void attempted(@Nullable PeerConnection connection, @Nullable Throwable failure) {
    synchronized (lock) {
      connecting = null;
      ready = connection;
      if (failure == null) {
        pauseNanos = 0;
        return;
      }
      lastFailure = String.valueOf(failure.getMessage());
      pausedAt = System.nanoTime();
      pauseNanos =
          Math.min(
              settings.timing().maxPause().toNanos(),
              Math.max(settings.timing().minPause().toNanos(), 2 * pauseNanos));
    }
  }
}
