package dev.weir.query.changes;

import dev.weir.query.Database;
import dev.weir.query.PositionToken;
import dev.weir.query.ReadOptions;
import dev.weir.query.Result;
import dev.weir.query.changes.Event.End;
import dev.weir.store.ChangeQuery;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Consistency;
import dev.weir.store.Refusal;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks shards on behalf of those who follow collections, and has what follows from it done on
 * threads of its own.
 */
final class Sources {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long PAUSE_MILLIS = 200;

  private final Database database;
  private final ScheduledExecutorService threads;

  Sources(Database database, ScheduledExecutorService threads) {
    this.database = database;
    this.threads = threads;
  }

  Database database() {
    return database;
  }

  /** Asks, and has the result taken on another thread. */
  <R> void ask(ChangeQuery<R> query, ReadOptions options, Consumer<Result<R>> taker) {
    var unused = database.ask(query, options).thenAccept(result -> run(() -> taker.accept(result)));
  }

  /** At any replica that has folded an offset of a shard, which is waited for. */
  ReadOptions reached(Place place, int shard, long offset) {
    SortedMap<Integer, Long> offsets = new TreeMap<>();
    offsets.put(shard, offset);
    return new ReadOptions(
        Consistency.SESSION,
        new PositionToken(place.generation(), place.logId(), offsets),
        PATIENCE);
  }

  /** Why a subscription ends with this answer; null = it is asked again. */
  @Nullable End end(Result<?> result, CollectionDefinition collection) {
    if (!(result instanceof Result.Failure<?> failure)) {
      return null;
    }
    if (failure.refusal() instanceof Refusal.ForeignPosition) {
      return End.FOREIGN;
    }
    return failure.refusal() instanceof Refusal.UnknownCollection
            && database.catalogue().collection(collection.id()).isEmpty()
        ? End.DROPPED
        : null;
  }

  /** Whether a collection keeps its changes, as far as this node knows. */
  boolean keepsChanges(CollectionDefinition collection) {
    return database
        .catalogue()
        .collection(collection.id())
        .filter(now -> now.changes() > 0)
        .isPresent();
  }

  /** Has something done soon; at once, when the node is closing. */
  void run(Runnable work) {
    try {
      threads.execute(work);
    } catch (RejectedExecutionException e) {
      work.run(); // who follows must hear of the end
    }
  }

  /** Has something done again: soon, if it took its time, else after a pause. */
  void again(Runnable work, long since) {
    if (System.nanoTime() - since > TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS)) {
      run(work);
    } else {
      later(work);
    }
  }

  /** Has something done after a pause. */
  void later(Runnable work) {
    try {
      var unused = threads.schedule(work, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The node is closing, and has told everybody.
    }
  }
}
