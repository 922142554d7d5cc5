package dev.weir.store.streams;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The stream threads of one instance of Kafka Streams, which pass standbys on to each other in a
 * rebalance. A thread that wants a shard before the other one has let go of it is told to come back
 * after 1 to 3 seconds, and the shard is read and written by nobody until then; so each waits until
 * the others have settled in the same generation of the group. Safe from any thread.
 */
final class Siblings {
  private final Duration patience;
  private final Map<Object, Integer> generations = new HashMap<>(); // under "this"

  /**
   * None has settled yet.
   *
   * @param patience how long one waits for the others, at most
   */
  Siblings(Duration patience) {
    this.patience = patience;
  }

  /**
   * A thread has let go of what is not its own any more in a generation of the group, and is about
   * to take what is new. Returns once the others have come as far; who has never settled holds
   * nothing, and is not waited for.
   */
  synchronized void settled(Object thread, int generation) throws InterruptedException {
    generations.put(thread, generation);
    notifyAll();
    long deadline = System.nanoTime() + patience.toNanos();
    while (generations.values().stream().anyMatch(other -> other < generation)) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}
