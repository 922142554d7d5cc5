package dev.weir.store.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shares lookups of the log's end: while one is under way, the next one serves all that come until
 * it is sent, which is when the one before has answered, or has taken a while. Nobody shares one
 * that was sent before he came: what was acknowledged in between might be missing in it.
 *
 * <p>While the log does not answer, who comes is refused at once, and has the log tried again.
 */
final class EndLookups {

  private static final int MOST_UNDER_WAY = 3;
  private static final long SPACING_NANOS = 1_000_000;

  private final LogEnds log;
  private final LongSupplier clock;
  private final Result result;
  private final Object lock = new Object();
  private List<Visit> next = new ArrayList<>(); // under lock
  private int underWay; // under lock
  private long lastSent; // under lock
  private boolean away; // under lock

  /**
   * Lookups.
   *
   * @param clock nanoseconds since some fixed moment
   * @param result is told of every lookup, on the thread that brings it
   */
  EndLookups(LogEnds log, LongSupplier clock, Result result) {
    this.log = log;
    this.clock = clock;
    this.result = result;
  }

  /** Takes what was found. */
  interface Result {

    /**
     * The log has answered.
     *
     * @param sentAt when it was asked
     * @param visits who waits for it
     */
    void found(long sentAt, Map<Integer, Long> ends, List<Visit> visits);

    /** The log has not answered, or not lately. */
    void failed(List<Visit> visits);
  }

  /** Asks for the end of the visit's shard, with a lookup that is sent from now on. */
  void ask(Visit visit) {
    boolean refused;
    List<Visit> sent = List.of();
    synchronized (lock) {
      refused = away;
      if (!refused) {
        next.add(visit);
      }
      if (underWay == 0 || (!refused && mayOvertake())) {
        sent = refused ? List.of(visit) : take();
        underWay++;
        lastSent = clock.getAsLong();
      }
    }
    if (!sent.isEmpty()) {
      send(sent, refused ? List.of() : sent);
    }
    if (refused) {
      result.failed(List.of(visit));
    }
  }

  /** The lookups under way take their time: who waits would wait for them in vain. */
  private boolean mayOvertake() {
    return underWay < MOST_UNDER_WAY && clock.getAsLong() - lastSent >= SPACING_NANOS;
  }

  private List<Visit> take() {
    List<Visit> taken = next;
    next = new ArrayList<>();
    return taken;
  }

  private void send(List<Visit> about, List<Visit> waiting) {
    Set<Integer> shards = new TreeSet<>();
    about.forEach(visit -> shards.add(visit.shard()));
    long sentAt = clock.getAsLong();
    CompletionStage<Map<Integer, Long>> ends;
    try {
      ends = log.look(shards);
    } catch (RuntimeException e) {
      ends = CompletableFuture.failedFuture(e);
    }
    CompletionStage<?> unused =
        ends.whenComplete((found, failure) -> finished(sentAt, found, waiting));
  }

  private void finished(long sentAt, @Nullable Map<Integer, Long> found, List<Visit> waiting) {
    List<Visit> left = List.of();
    List<Visit> sent = List.of();
    synchronized (lock) {
      away = found == null;
      if (away) {
        left = take();
      } else {
        sent = take();
      }
      underWay--;
      if (!sent.isEmpty()) {
        underWay++;
        lastSent = clock.getAsLong();
      }
    }
    if (!sent.isEmpty()) {
      send(sent, sent);
    }
    if (found == null) {
      result.failed(waiting);
      result.failed(left);
    } else {
      result.found(sentAt, found, waiting);
    }
  }
}
