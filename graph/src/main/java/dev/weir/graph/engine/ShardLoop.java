package dev.weir.graph.engine;

import static java.util.Objects.requireNonNull;

import dev.weir.graph.engine.Announcement.Stop;
import dev.weir.graph.engine.Announcement.Tally;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one shard from superstep to superstep. Nothing waits on a thread: the shard is handed to
 * the run's executor when its next superstep can begin.
 */
final class ShardLoop {

  private static final Logger LOG = LoggerFactory.getLogger(ShardLoop.class);

  private final int shard;
  private final ShardTask task;
  private final ShardPlace place;
  private final BatchRun run;

  ShardLoop(ShardPlace place, ShardTask task, BatchRun run) {
    this.shard = place.shard();
    this.place = place;
    this.task = task;
    this.run = run;
  }

  int shard() {
    return shard;
  }

  /** Begins the first superstep. */
  void start() {
    int first = run.plan().keeping().firstSuperstep();
    run.execute(first, () -> superstep(first, null, false));
  }

  /** Every shard has ended a superstep and everything they sent is here. */
  void arrived(Arrivals arrivals) {
    int superstep = arrivals.announcements().get(0).superstep();
    run.execute(superstep, () -> decide(superstep, arrivals));
  }

  /** Goes on, or ends, as every other shard does: all have heard the same. */
  private void decide(int superstep, Arrivals arrivals) {
    List<Announcement> announcements = arrivals.announcements();
    Tally tally = Tally.NONE;
    for (Announcement announcement : announcements) {
      tally = tally.plus(announcement.tally());
    }
    if (shard == run.firstShard()) {
      run.completed(superstep, tally);
    }
    for (Announcement announcement : announcements) {
      if (announcement.stop() != Stop.NO) {
        run.ended(superstep, announcement.stop(), announcement.reason());
        return;
      }
    }
    task.join(announcements);
    boolean keep = announcements.stream().anyMatch(Announcement::keep);
    boolean silent = tally.awake() == 0 && tally.waking() == 0;
    if (task.isDone(superstep) || silent) {
      run.ended(superstep, Stop.NO, "");
    } else if (superstep + 1 >= run.plan().mostSupersteps()) {
      String limit = "it did not end within " + run.plan().mostSupersteps() + " supersteps";
      run.ended(superstep, Stop.FAILED, limit);
    } else {
      superstep(superstep + 1, arrivals, keep);
    }
  }

  /** Whatever happens, the other shards are told: they would wait for ever. */
  private void superstep(int superstep, @Nullable Arrivals arrivals, boolean keep) {
    Outbox outbox = new Outbox(superstep, place, task.channels(), run.exchange());
    Stop stop = Stop.NO;
    String reason = "";
    long computed = 0;
    try {
      begin(superstep, arrivals, outbox);
      if (keep) {
        keep(superstep);
      }
      computed = task.compute(superstep, run::isCancelled);
      task.end(outbox);
      stop = run.isCancelled() ? Stop.CANCELLED : Stop.NO;
    } catch (MemoryBudget.Exceeded e) {
      stop = Stop.FAILED;
      reason = String.valueOf(e.getMessage());
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      stop = Stop.FAILED;
      reason = "superstep " + superstep + " of shard " + shard + ": " + e;
    }
    ShardTask.Ending ending = new ShardTask.Ending(stop, reason, shard == 0 && isDue());
    byte[] announcement = task.announcement(superstep, computed, outbox, ending).write();
    // The last thing: with it, another thread may take up this shard.
    run.exchange().announce(announcement);
  }

  private void begin(int superstep, @Nullable Arrivals arrivals, Outbox outbox) {
    task.begin(outbox);
    Keeping.From from = run.plan().keeping().from();
    if (arrivals != null) {
      task.take(arrivals);
      run.budget().release(arrivals.bytes());
    } else if (from != null) {
      task.state().restore(superstep, requireNonNull(from.states().remove(shard)));
    }
  }

  private boolean isDue() {
    Keeping.Keeper keeper = run.plan().keeping().keeper();
    return keeper != null && task.state().canBeKept() && keeper.isDue();
  }

  private void keep(int superstep) {
    Keeping.Keeper keeper = run.plan().keeping().keeper();
    if (keeper == null) {
      return;
    }
    List<byte[]> state = task.state().save(superstep);
    long bytes = state.stream().mapToLong(chunk -> chunk.length).sum();
    try {
      run.budget().reserve(bytes, "a kept state");
    } catch (MemoryBudget.Exceeded e) {
      LOG.info("Shard {} keeps nothing before superstep {}: {}", shard, superstep, e.getMessage());
      return;
    }
    keeper.keep(shard, superstep, state, () -> run.budget().release(bytes));
  }
}
