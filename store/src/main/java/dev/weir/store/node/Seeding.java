package dev.weir.store.node;

import dev.weir.store.Catalogue;
import dev.weir.store.DefinitionChange;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.write.DefinitionRules;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a node's configured definitions into the catalogue: adds what is missing or has a higher
 * revision, and tries again until shard 0 has decided. Nodes with different configurations do each
 * other no harm: nothing is changed back.
 */
public final class Seeding {
  private static final Logger LOG = LoggerFactory.getLogger(Seeding.class);
  private static final long RETRY_MILLIS = 500;

  private final List<DefinitionChange> changes;
  private final Supplier<Catalogue> known;
  private final Function<Operation, CompletableFuture<Optional<Outcome>>> submit;
  private final ScheduledExecutorService executor;

  /**
   * A seeding that has not begun.
   *
   * @param changes what the configuration declares
   * @param known the newest definitions the node has seen
   * @param submit has shard 0 decide an operation; empty = not now
   * @param executor stays the caller's
   */
  public Seeding(
      List<DefinitionChange> changes,
      Supplier<Catalogue> known,
      Function<Operation, CompletableFuture<Optional<Outcome>>> submit,
      ScheduledExecutorService executor) {
    this.changes = List.copyOf(changes);
    this.known = known;
    this.submit = submit;
    this.executor = executor;
  }

  /** Begins, and goes on in the background until it is done. */
  public void start() {
    if (!changes.isEmpty()) {
      schedule(0);
    }
  }

  private void schedule(long delayMillis) {
    try {
      Future<?> unused = executor.schedule(this::attempt, delayMillis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("Not seeding any more: the node is closing");
    }
  }

  private void attempt() {
    if (nothingToDo()) {
      return;
    }
    CompletableFuture<Void> unused =
        submit
            .apply(new Operation.Define(changes))
            .exceptionally(failure -> Optional.empty())
            .thenAccept(this::decided);
  }

  private void decided(Optional<Outcome> outcome) {
    if (outcome.isEmpty()) {
      schedule(RETRY_MILLIS);
    } else if (outcome.get() instanceof Outcome.Rejected rejected) {
      LOG.error(
          "The configured definitions were refused: {}. The application goes on with what it has.",
          rejected.detail());
    }
  }

  private boolean nothingToDo() {
    Catalogue catalogue = known.get();
    return catalogue.revision() > 0
        && DefinitionRules.decide(catalogue, changes) instanceof DefinitionRules.Accepted accepted
        && !accepted.changed();
  }
}
