package dev.weir.store.read;

import dev.weir.store.Admission;
import dev.weir.store.Consistency;
import dev.weir.store.Demand;
import dev.weir.store.Refusal;
import dev.weir.store.Role;
import dev.weir.store.ShardGate;
import dev.weir.store.read.RefusedReads.Reason;
import dev.weir.store.routing.Ownership;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Decides when this node's replicas may answer. A read is let through once the state has folded
 * what it demands; that comes from the folding threads ({@link #progressed}) and from lookups of
 * the log's end, never from polling.
 *
 * <p>A state whose position has reached a log end that was looked up after a read arrived holds
 * everything that was acknowledged before: the log has one total order, so this holds even at a
 * node that has lost the shard without knowing it yet.
 */
public final class Gate implements ShardGate, AutoCloseable {
  private static final CompletableFuture<Admission> GRANTED =
      CompletableFuture.completedFuture(Admission.GRANTED);

  private final Ownership ownership;
  private final GateSettings settings;
  private final GateTime time;
  private final Executor executor;
  private final EndLookups lookups;
  private final Progress[] progress;
  private final Set<Visit> waiting = ConcurrentHashMap.newKeySet();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicBoolean sweeping = new AtomicBoolean();
  private final RefusedReads refused = new RefusedReads();
  private volatile boolean closed;

  /** The clock and the alarm of a gate. Safe from any thread. */
  public interface GateTime {

    /** Nanoseconds since some fixed moment. */
    long nanoTime();

    /** Runs something once, after a while; it is quick. */
    void after(Duration delay, Runnable action);
  }

  /**
   * A gate before the shards of a node.
   *
   * @param executor completes the reads that had to wait; folding and network threads do not
   */
  public Gate(
      Ownership ownership, LogEnds log, GateSettings settings, GateTime time, Executor executor) {
    this.ownership = ownership;
    this.settings = settings;
    this.time = time;
    this.executor = executor;
    this.lookups = new EndLookups(log, time::nanoTime, new Found());
    this.progress = new Progress[ownership.shards()];
    for (int shard = 0; shard < progress.length; shard++) {
      progress[shard] = new Progress();
    }
    ownership.onChange(this::lookAgain);
  }

  /** How many reads wait now. */
  public int waiting() {
    return count.get();
  }

  /** The reads that were refused where others waited. */
  public RefusedReads refused() {
    return refused;
  }

  @Override
  public CompletableFuture<Admission> pass(int shard, Demand demand) {
    Refusal unable = unable(shard, demand);
    if (unable != null) {
      return denied(unable);
    }
    if (positionSuffices(demand) && ownership.offset(shard) >= demand.floor()) {
      return GRANTED;
    }
    Admission met = Terms.met(demand, known(shard, Visit.NO_END));
    if (met != null) {
      return CompletableFuture.completedFuture(met);
    }
    if (demand.patience().isZero() || closed) {
      return denied(Terms.unmet(shard, demand, known(shard, Visit.NO_END)));
    }
    return enter(new Visit(shard, demand, time.nanoTime() + demand.patience().toNanos()));
  }

  private static boolean positionSuffices(Demand demand) {
    return demand.level() instanceof Consistency.Session
        || demand.level() instanceof Consistency.Eventual;
  }

  private CompletableFuture<Admission> enter(Visit visit) {
    if (count.incrementAndGet() > settings.maxWaiting()) {
      count.decrementAndGet();
      refused.add(Reason.OVERLOADED);
      return denied(new Refusal.Overloaded("reads that wait for shards to catch up"));
    }
    waiting.add(visit);
    sweepLater();
    step(visit);
    return visit.result();
  }

  /** Brings a visit as far as it can get now. */
  private void step(Visit visit) {
    int shard = visit.shard();
    while (waiting.contains(visit)) {
      Refusal unable = unable(shard, visit.demand());
      if (unable != null) {
        end(visit, denial(unable));
        return;
      }
      Terms.Known known = known(shard, visit.end());
      Admission met = Terms.met(visit.demand(), known);
      if (met != null) {
        end(visit, met);
        return;
      }
      if (known.now() - visit.deadline() >= 0) {
        refused.add(Reason.LATE);
        end(visit, denial(Terms.unmet(shard, visit.demand(), known)));
        return;
      }
      if (Terms.needsEnd(visit.demand(), known)) {
        if (visit.beginLookup()) {
          lookups.ask(visit);
        }
        return;
      }
      long target = Terms.target(visit.demand(), known);
      progress[shard].await(visit, target);
      if (ownership.offset(shard) + 1 < target && waiting.contains(visit)) {
        return;
      }
      progress[shard].forget(visit); // it got there in between, or another thread has ended it
    }
  }

  private void end(Visit visit, Admission admission) {
    if (waiting.remove(visit)) {
      count.decrementAndGet();
      progress[visit.shard()].forget(visit);
      visit.result().complete(admission);
    }
  }

  private @Nullable Refusal unable(int shard, Demand demand) {
    if (shard < 0 || shard >= progress.length || !enough(shard, demand)) {
      return Absence.of(shard, ownership);
    }
    return demand.activeOnly() && ownership.role(shard) != Role.ACTIVE
        ? new Refusal.NotOwner(shard)
        : null;
  }

  /** An old state will do for those who do not ask for more than it has. */
  private boolean enough(int shard, Demand demand) {
    return ownership.serving(shard)
        || (!demand.activeOnly() && positionSuffices(demand) && ownership.readable(shard));
  }

  private Terms.Known known(int shard, long end) {
    // The offset is read first: a state only grows.
    long offset = ownership.offset(shard);
    return new Terms.Known(offset, progress[shard].freshAt(), end, time.nanoTime());
  }

  /** Whether a read waits for a shard to show this offset; cheap, for the thread that folds it. */
  public boolean awaited(int shard, long offset) {
    return progress[shard].awaited(offset);
  }

  /** A shard's state has folded an offset and shows it; called by the thread that folds it. */
  public void progressed(int shard, long offset) {
    List<Visit> there = progress[shard].reached(offset);
    if (!there.isEmpty()) {
      run(() -> there.forEach(this::step));
    }
  }

  /** The log of a shard ended there when it was asked at a time of this gate's clock. */
  public void endSeen(int shard, long end, long sentAt) {
    progress[shard].mark(sentAt, end, ownership.offset(shard));
  }

  /** A shard's state was closed. */
  public void closed(int shard) {
    progress[shard].reset();
  }

  /** The present moment by this gate's clock. */
  public long now() {
    return time.nanoTime();
  }

  private void lookAgain() {
    if (count.get() > 0) {
      run(() -> waiting.forEach(this::step));
    }
  }

  private void sweepLater() {
    if (sweeping.compareAndSet(false, true)) {
      time.after(settings.sweep(), this::sweep);
    }
  }

  private void sweep() {
    sweeping.set(false);
    long now = time.nanoTime();
    for (Visit visit : waiting) {
      if (now - visit.deadline() >= 0) {
        run(() -> step(visit));
      }
    }
    if (count.get() > 0) {
      sweepLater();
    }
  }

  private void run(Runnable work) {
    try {
      executor.execute(work);
    } catch (RejectedExecutionException e) {
      work.run(); // the node is closing: who waits must still hear of it
    }
  }

  private static CompletableFuture<Admission> denied(Refusal refusal) {
    return CompletableFuture.completedFuture(denial(refusal));
  }

  private static Admission denial(Refusal refusal) {
    return new Admission.Denied(refusal);
  }

  /** Denies what waits; further reads are let through or denied at once. */
  @Override
  public void close() {
    closed = true;
    waiting.forEach(
        visit -> end(visit, denial(new Refusal.Rebalancing(visit.shard(), "the node is closing"))));
  }

  private final class Found implements EndLookups.Result {
    @Override
    public void found(long sentAt, Map<Integer, Long> ends, List<Visit> visits) {
      ends.forEach((shard, end) -> endSeen(shard, end, sentAt));
      run(
          () -> {
            for (Visit visit : visits) {
              visit.end(ends.getOrDefault(visit.shard(), Visit.NO_END));
              step(visit);
            }
          });
    }

    @Override
    public void failed(List<Visit> visits) {
      if (!visits.isEmpty()) {
        run(
            () -> {
              for (Visit visit : visits) {
                refused.add(Reason.LOG_AWAY);
                end(visit, denial(Terms.withoutLog(visit.shard(), visit.demand())));
              }
            });
      }
    }
  }
}
