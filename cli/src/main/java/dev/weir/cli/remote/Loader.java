package dev.weir.cli.remote;

import dev.weir.client.ProblemException;
import dev.weir.client.UnreachableException;
import dev.weir.client.WeirClient;
import dev.weir.client.WeirClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/**
 * Puts lines into a collection, many at once but those of one key in their order. What a node
 * cannot take now is tried again; what it refuses is reported and left out.
 */
final class Loader implements AutoCloseable {

  private static final int WAITING_PER_LANE = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final WeirClient client;
  private final String collection;
  private final BiConsumer<Long, String> errors;
  private final List<ExecutorService> lanes = new ArrayList<>();
  private final Semaphore room;
  private final int capacity;
  private final AtomicLong loaded = new AtomicLong();

  /**
   * A loader.
   *
   * @param parallel requests at once, at least 1
   * @param errors told the number of a line and why it was not stored; from any thread
   */
  Loader(WeirClient client, String collection, int parallel, BiConsumer<Long, String> errors) {
    this.client = client;
    this.collection = collection;
    this.errors = errors;
    this.capacity = parallel * WAITING_PER_LANE;
    this.room = new Semaphore(capacity);
    for (int i = 0; i < parallel; i++) {
      lanes.add(Executors.newSingleThreadExecutor());
    }
  }

  /** Takes a line; waits while too many are on their way. */
  void add(LoadLine line) {
    room.acquireUninterruptibly();
    lanes
        .get(Math.floorMod(line.key().hashCode(), lanes.size()))
        .execute(
            () -> {
              try {
                put(line);
              } finally {
                room.release();
              }
            });
  }

  /** Waits until all lines that were taken are stored or reported; returns how many are stored. */
  long finish() {
    room.acquireUninterruptibly(capacity);
    room.release(capacity);
    return loaded.get();
  }

  private void put(LoadLine line) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        client.put(collection, line.key(), line.document());
        loaded.incrementAndGet();
        return;
      } catch (WeirClientException e) {
        if (!isPassing(e) || System.nanoTime() - deadline > 0) {
          errors.accept(line.number(), String.valueOf(e.getMessage()));
          return;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /** Putting the same document twice is the same as putting it once. */
  private static boolean isPassing(WeirClientException e) {
    return e instanceof ProblemException.Unavailable
        || e instanceof ProblemException.UnknownFate
        || e instanceof UnreachableException;
  }

  @Override
  public void close() {
    lanes.forEach(ExecutorService::shutdownNow);
  }
}
