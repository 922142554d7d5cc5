package dev.weir.store.streams;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The stream threads of one instance of Kafka Streams, which pass shards on to each other in a
 * rebalance. A thread that wants a shard while another one holds its directory is told to come back
 * after 1 to 3 seconds, and the shard is read and written by nobody until then. So the threads go
 * through each generation of the group in step: all have <em>settled</em>, which is to have let go
 * of what is not theirs any more, before one takes what is new; and all have <em>taken</em> that
 * before one begins the next rebalance, in which it holds every directory that is free.
 *
 * <p>Who has never settled holds nothing, and is not waited for. Safe from any thread.
 */
final class Siblings {
  private final Duration patience;
  private final Map<Object, Integer> settled = new HashMap<>(); // under "this"
  private final Map<Object, Integer> taken = new HashMap<>(); // under "this"

  /**
   * None has settled yet.
   *
   * @param patience how long one waits for the others, at most
   */
  Siblings(Duration patience) {
    this.patience = patience;
  }

  /** A thread has settled in a generation; returns once the others have. */
  synchronized void settled(Object thread, int generation) throws InterruptedException {
    settled.put(thread, generation);
    taken.putIfAbsent(thread, -1);
    await(settled, generation);
  }

  /** A thread has taken what is its own where it settled last; returns once the others have. */
  synchronized void taken(Object thread) throws InterruptedException {
    int generation = settled.getOrDefault(thread, -1);
    taken.put(thread, generation);
    await(taken, generation);
  }

  private void await(Map<Object, Integer> reached, int generation) throws InterruptedException {
    notifyAll();
    long deadline = System.nanoTime() + patience.toNanos();
    while (reached.values().stream().anyMatch(other -> other < generation)) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}
