package dev.weir.cli.demo;

import dev.weir.cli.CommandException;
import dev.weir.client.WeirClientException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for conditions, never for a time. */
final class Waiting {

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private Waiting() {}

  /**
   * Asks again and again until the answer is yes; a node that cannot answer now says no.
   *
   * @param what for the message if it never is
   * @param patience how long to go on
   * @return how long it took
   */
  static Duration until(String what, Duration patience, Callable<Boolean> condition) {
    long start = System.nanoTime();
    while (true) {
      if (holds(condition)) {
        return Duration.ofNanos(System.nanoTime() - start);
      }
      if (System.nanoTime() - start > patience.toNanos()) {
        throw new CommandException(what + " did not happen within " + patience.toSeconds() + " s");
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new CommandException("interrupted while waiting: " + what);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static boolean holds(Callable<Boolean> condition) {
    try {
      return condition.call();
    } catch (WeirClientException e) {
      return false;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
