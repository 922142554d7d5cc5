package dev.weir.graph.worker;

import dev.weir.graph.RunOutcome;
import dev.weir.graph.engine.BatchRun;
import java.util.concurrent.CompletableFuture;

/** A run that was started. Safe from any thread. */
public final class GraphRun {

  private final CompletableFuture<RunOutcome> outcome;
  private final Runnable cancel;

  private GraphRun(CompletableFuture<RunOutcome> outcome, Runnable cancel) {
    this.outcome = outcome;
    this.cancel = cancel;
  }

  static GraphRun of(BatchRun run) {
    return new GraphRun(run.outcome(), run::cancel);
  }

  static GraphRun refused(String reason) {
    RunOutcome refused = new RunOutcome.Refused(reason);
    return new GraphRun(CompletableFuture.completedFuture(refused), () -> {});
  }

  /** How it ends; completes once, never exceptionally. */
  public CompletableFuture<RunOutcome> outcome() {
    return outcome;
  }

  /** Ends it soon, without results; nothing if it is over. */
  public void cancel() {
    cancel.run();
  }
}
