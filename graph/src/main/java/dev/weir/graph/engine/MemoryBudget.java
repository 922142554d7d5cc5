package dev.weir.graph.engine;

import java.util.concurrent.atomic.AtomicLong;

/** How much memory runs may book, all together. Safe from any thread. */
public final class MemoryBudget {

  private static final long MIB = 1024 * 1024;

  private final long limit;
  private final AtomicLong booked = new AtomicLong();

  /**
   * A budget.
   *
   * @param limit bytes, at least 0
   */
  public MemoryBudget(long limit) {
    this.limit = limit;
  }

  /** What was to be booked does not fit; the message says what to do. */
  public static final class Exceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Exceeded(String message) {
      super(message);
    }
  }

  /** What one run has booked of a budget; given back as a whole when the run is over. */
  public final class Share {
    private final AtomicLong own = new AtomicLong();
    private final AtomicLong peak = new AtomicLong();
    private volatile boolean closed;

    /**
     * Books memory.
     *
     * @param what it is for, for the message
     * @throws Exceeded if it does not fit; nothing is booked then
     */
    public void reserve(long bytes, String what) {
      if (closed) {
        throw new Exceeded("the run is over");
      }
      long now = booked.addAndGet(bytes);
      if (now > limit) {
        booked.addAndGet(-bytes);
        throw new Exceeded(
            what
                + " would need "
                + mebibytes(now)
                + " MiB in all, and the budget is "
                + mebibytes(limit)
                + " MiB: allow more memory, or spread the graph over more nodes");
      }
      long mine = own.addAndGet(bytes);
      peak.accumulateAndGet(mine, Math::max);
    }

    /** Gives back some of it. */
    public void release(long bytes) {
      if (closed) {
        return;
      }
      own.addAndGet(-bytes);
      booked.addAndGet(-bytes);
    }

    /** Gives back all of it; nothing can be booked afterwards. */
    public void releaseAll() {
      closed = true;
      booked.addAndGet(-own.getAndSet(0));
    }

    long peak() {
      return peak.get();
    }
  }

  /** A share for one run. */
  public Share share() {
    return new Share();
  }

  /** Bytes that runs have booked at the moment. */
  public long booked() {
    return booked.get();
  }

  private static long mebibytes(long bytes) {
    return (bytes + MIB - 1) / MIB;
  }
}
