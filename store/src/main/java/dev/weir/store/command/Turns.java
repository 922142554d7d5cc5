package dev.weir.store.command;

import dev.weir.store.Key;
import dev.weir.store.Operation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Lets patches of one document follow each other. Each was checked against the version that the one
 * before it makes: sent all at once, all but one would come too late and be sent again, again and
 * again. Safe from any thread.
 */
final class Turns {
  private final ConcurrentMap<Document, CompletableFuture<Void>> last = new ConcurrentHashMap<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Executor executor;

  private record Document(int collection, Key key) {}

  /**
   * Nobody waits yet.
   *
   * @param executor goes on with those that had to wait
   */
  Turns(Executor executor) {
    this.executor = executor;
  }

  /** How many have their turn or wait for it. */
  int size() {
    return waiting.get();
  }

  /**
   * Does some work once all earlier work on the document is done.
   *
   * @return what it gives, or how it fails; either way the next one has its turn
   */
  <T> CompletableFuture<T> take(Operation.Change change, Supplier<CompletableFuture<T>> work) {
    Document document = new Document(change.collection(), change.key());
    CompletableFuture<T> result = new CompletableFuture<>();
    CompletableFuture<Void> mine = new CompletableFuture<>();
    Runnable turn =
        () -> {
          CompletableFuture<T> unused =
              begun(work)
                  .whenComplete(
                      (value, failure) -> {
                        waiting.decrementAndGet();
                        last.remove(document, mine);
                        mine.complete(null);
                        if (failure == null) {
                          result.complete(value);
                        } else {
                          result.completeExceptionally(failure);
                        }
                      });
        };
    waiting.incrementAndGet();
    CompletableFuture<Void> before = last.put(document, mine);
    if (before == null) {
      turn.run();
    } else {
      CompletableFuture<Void> unused = before.thenRunAsync(turn, executor);
    }
    return result;
  }

  private static <T> CompletableFuture<T> begun(Supplier<CompletableFuture<T>> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
