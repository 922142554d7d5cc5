package dev.weir.graph.engine;

import dev.weir.graph.Exchange;
import dev.weir.graph.engine.Announcement.Stop;
import dev.weir.graph.engine.Announcement.Tally;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes shards through a fixed number of steps in which they tell each other something: a shard
 * begins a step when all shards have ended the one before and everything they sent is there. Each
 * shard is computed by one thread at a time. Safe from any thread.
 */
public final class StepRun {

  private final Exchange exchange;
  private final int shards;
  private final int steps;
  private final Executor executor;
  private final MemoryBudget.Share budget;
  private final AtomicInteger running;
  private final CompletableFuture<End> outcome = new CompletableFuture<>();

  /** What one shard does. */
  public interface Work {
    /**
     * Does a step.
     *
     * @param heard what came of the step before; nothing in step 0
     * @param out where to send to
     * @return numbers that all shards hear
     */
    long[] step(int step, Heard heard, Sending out);

    /** All steps are over; what was sent in the last one is here. */
    void end(Heard heard);
  }

  /** What a shard may send in a step. */
  public interface Sending {
    /** Entries for a shard. */
    Entries.Writer to(int shard);
  }

  /** What came of a step. */
  public interface Heard {
    /** What a shard has sent to this one. */
    Entries from(int shard);

    /** What a shard has told all. */
    long[] told(int shard);
  }

  /** How it ended: alike at every process, but for what was lost. */
  public sealed interface End {}

  /** All steps were done. */
  public record Done() implements End {}

  /** A shard could not do its step. */
  public record Failed(String reason) implements End {}

  /** A process or the way to it was lost. */
  public record Lost(String reason) implements End {}

  /** Thrown by a step that would succeed elsewhere or later: all is lost, nothing has failed. */
  public static final class InterruptedStepException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An interruption. */
    public InterruptedStepException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private StepRun(
      Exchange exchange, int shards, int steps, Executor executor, MemoryBudget.Share budget) {
    this.exchange = exchange;
    this.shards = shards;
    this.steps = steps;
    this.executor = executor;
    this.budget = budget;
    this.running = new AtomicInteger();
  }

  /**
   * Begins.
   *
   * @param exchange closed at the end
   * @param shards how many there are in all
   * @param steps how many there are
   * @param works by number of the shard, of those in this process
   * @param memory books what is on its way
   * @return completes once, never exceptionally
   */
  public static CompletableFuture<End> start(
      Exchange exchange,
      int shards,
      int steps,
      SortedMap<Integer, Work> works,
      Executor executor,
      MemoryBudget memory) {
    StepRun run = new StepRun(exchange, shards, steps, executor, memory.share());
    run.running.set(works.size());
    exchange.onBroken(run::lost);
    List<Shard> parts =
        works.entrySet().stream()
            .map(each -> run.new Shard(each.getKey(), each.getValue()))
            .toList();
    for (Shard part : parts) {
      exchange.attach(part.number, new Mailbox(part.number, shards, 0, run.budget, part::arrived));
    }
    parts.forEach(part -> run.execute(() -> part.step(0, new Nothing())));
    return run.outcome.copy();
  }

  private void execute(Runnable work) {
    try {
      executor.execute(
          () -> {
            try {
              work.run();
            } catch (RuntimeException | Error e) {
              exchange.abandon(String.valueOf(e));
              complete(new Failed(String.valueOf(e)));
            }
          });
    } catch (RejectedExecutionException e) {
      lost("the node is closing");
    }
  }

  private void lost(String reason) {
    exchange.abandon(reason);
    complete(new Lost(reason));
  }

  private void complete(End end) {
    exchange.close();
    budget.releaseAll();
    outcome.complete(end);
  }

  /** Before the first step nobody has said anything. */
  private static final class Nothing implements Heard {
    @Override
    public Entries from(int shard) {
      return new Entries(List.of());
    }

    @Override
    public long[] told(int shard) {
      return new long[0];
    }
  }

  /** What the other shards said in a step that is complete. */
  private record Said(Arrivals arrivals) implements Heard {
    @Override
    public Entries from(int shard) {
      return new Entries(arrivals.framesOf(shard));
    }

    @Override
    public long[] told(int shard) {
      return arrivals.announcements().get(shard).aggregates();
    }
  }

  /** One shard of this process. */
  private final class Shard {
    private final int number;
    private final Work work;

    private Shard(int number, Work work) {
      this.number = number;
      this.work = work;
    }

    private void arrived(Arrivals arrivals) {
      execute(() -> decide(arrivals));
    }

    private void decide(Arrivals arrivals) {
      for (Announcement announcement : arrivals.announcements()) {
        if (announcement.stop() != Stop.NO) {
          ended(new Failed(announcement.reason()));
          return;
        }
      }
      int next = arrivals.announcements().get(0).superstep() + 1;
      if (next == steps) {
        work.end(new Said(arrivals));
        ended(new Done());
      } else {
        step(next, new Said(arrivals));
        budget.release(arrivals.bytes());
      }
    }

    private void ended(End end) {
      if (running.decrementAndGet() == 0) {
        complete(end);
      }
    }

    private void step(int step, Heard heard) {
      // Only the number of the shard and how many there are matter here.
      ShardPlace place = new ShardPlace(number, new int[shards + 1]);
      Outbox outbox = new Outbox(step, place, 1, exchange);
      long[] told = new long[0];
      Stop stop = Stop.NO;
      String reason = "";
      try {
        told = work.step(step, heard, target -> new Entries.Writer(outbox.to(0, target)));
        outbox.flush();
      } catch (InterruptedStepException e) {
        lost(String.valueOf(e.getMessage()));
        return;
      } catch (RuntimeException | OutOfMemoryError e) {
        stop = Stop.FAILED;
        reason = "shard " + number + ": " + (e.getMessage() == null ? e : e.getMessage());
      }
      exchange.announce(
          new Announcement(step, number, outbox.frames(), told, Tally.NONE, stop, reason, false)
              .write());
    }
  }
}
