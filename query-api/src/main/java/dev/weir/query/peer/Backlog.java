package dev.weir.query.peer;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The calls of one connection that are not answered at once: how many there are of each kind of
 * work, and whether anybody still waits for them. Safe from any thread.
 */
final class Backlog {
  private final PeerSettings.InFlight limits;
  private final ServerPools pools;
  private final Map<Integer, Job> jobs = new ConcurrentHashMap<>();
  private final Map<Work, AtomicInteger> counts = new EnumMap<>(Work.class);

  Backlog(PeerSettings.InFlight limits, ServerPools pools) {
    this.limits = limits;
    this.pools = pools;
    for (Work work : Work.values()) {
      counts.put(work, new AtomicInteger());
    }
  }

  /** A call that waits for a thread, for its answer, or for nothing more. */
  private static final class Job implements Runnable {
    final Work work;
    final Runnable task;
    volatile boolean unwanted;

    Job(Work work, Runnable task) {
      this.work = work;
      this.task = task;
    }

    @Override
    public void run() {
      if (!unwanted) {
        task.run();
      }
    }
  }

  /** Notes a call that is answered later; false = there are too many, nothing is noted. */
  boolean add(int number, Work work) {
    return add(number, new Job(work, () -> {}));
  }

  /** Runs a call on the pool of its work; false = there are too many, it will not be run. */
  boolean run(int number, Work work, Runnable task) {
    Job job = new Job(work, task);
    if (!add(number, job)) {
      return false;
    }
    if (!pools.execute(work, job)) {
      end(number);
      return false;
    }
    return true;
  }

  private boolean add(int number, Job job) {
    AtomicInteger count = count(job.work);
    if (count.incrementAndGet() > limits.of(job.work) || jobs.putIfAbsent(number, job) != null) {
      count.decrementAndGet();
      return false;
    }
    return true;
  }

  /** A call is over; false = nobody waits for its answer. */
  boolean end(int number) {
    Job job = jobs.remove(number);
    if (job != null) {
      count(job.work).decrementAndGet();
    }
    return job != null;
  }

  /** Nobody waits for a call any more: it is not begun if it has not been. */
  void cancel(int number) {
    Job job = jobs.get(number);
    if (job != null && end(number)) {
      job.unwanted = true;
      pools.forget(job.work, job);
    }
  }

  /** Nobody waits for anything. */
  void cancelAll() {
    jobs.keySet().forEach(this::cancel);
  }

  private AtomicInteger count(Work work) {
    return Objects.requireNonNull(counts.get(work));
  }
}
