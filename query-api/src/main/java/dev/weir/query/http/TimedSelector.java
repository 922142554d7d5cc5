package dev.weir.query.http;

import java.io.IOException;
import java.nio.channels.Selector;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;

/**
 * A selector that knows since when the connections that it has found ready have been so: while it
 * is busy with those of one round, those of the next one wait in the system, where nobody sees
 * them.
 */
final class TimedSelector extends ManagedSelector {
  /** Whoever was waited for came when the wait ended. */
  private static final long WAITED_NANOS = 500_000;

  private volatile long readySince = System.nanoTime();
  private long returned = System.nanoTime(); // by one thread at a time, as selecting is

  TimedSelector(SelectorManager manager, int id) {
    super(manager, id);
  }

  @Override
  protected int nioSelect(Selector selector, boolean now) throws IOException {
    long asked = System.nanoTime();
    int ready = super.nioSelect(selector, now);
    long answered = System.nanoTime();
    // Those that were there already came at some time of the round before: half of it ago.
    readySince = answered - asked > WAITED_NANOS ? answered : asked - (asked - returned) / 2;
    returned = answered;
    return ready;
  }

  /** Since when those found in the last round have been ready, in the mean; nanoseconds. */
  long readySince() {
    return readySince;
  }
}
