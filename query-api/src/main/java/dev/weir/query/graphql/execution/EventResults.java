package dev.weir.query.graphql.execution;

import dev.weir.query.changes.Event;
import dev.weir.query.changes.Subscription;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Executes the events of a subscription, one after the other and a few ahead of whoever takes the
 * results; all others wait in the subscription, which is bounded.
 */
final class EventResults implements Results {
  private static final int MOST = 32;
  private static final int MOST_BYTES = 64 << 10;

  private final Subscription subscription;
  private final Function<Event, CompletableFuture<Engine.Executed>> execution;
  private final Executor threads;
  private final Deque<Result> ready = new ArrayDeque<>(0); // under "this", as are all below
  private int bytes;

  /** Whether somebody executes events, or is told when there is one. */
  private boolean busy = true;

  private boolean ended;
  private @Nullable Runnable listener;

  /**
   * Begins to execute.
   *
   * @param execution of an event; never completes exceptionally
   * @param threads on which events are executed
   */
  EventResults(
      Subscription subscription,
      Function<Event, CompletableFuture<Engine.Executed>> execution,
      Executor threads) {
    this.subscription = subscription;
    this.execution = execution;
    this.threads = threads;
    await();
  }

  @Override
  public @Nullable Result next() {
    Result next;
    boolean goOn;
    synchronized (this) {
      next = ready.poll();
      if (next == null) {
        return null;
      }
      bytes -= next.json().length;
      goOn = !busy && !ended && ready.size() <= MOST / 2 && bytes <= MOST_BYTES / 2;
      busy |= goOn;
    }
    if (goOn) {
      threads.execute(this::work);
    }
    return next;
  }

  @Override
  public synchronized boolean isOver() {
    return ended && ready.isEmpty();
  }

  @Override
  public void whenReady(Runnable action) {
    synchronized (this) {
      if (ready.isEmpty() && !ended) {
        listener = action;
        return;
      }
    }
    action.run();
  }

  @Override
  public void close() {
    synchronized (this) {
      ended = true;
      ready.clear();
      listener = null;
    }
    subscription.close();
  }

  private void await() {
    subscription.whenReady(() -> threads.execute(this::work));
  }

  /** Executes what is there; who calls it has made it busy. */
  private void work() {
    while (hasRoom()) {
      Event event = subscription.next();
      if (event == null) {
        wake();
        await();
        return;
      }
      if (event instanceof Event.Ended end) {
        add(Ends.refusal(end.why(), subscription.wish()), true);
        wake();
        return;
      }
      CompletableFuture<Engine.Executed> executed = execution.apply(event);
      if (!executed.isDone()) {
        wake();
        var unused = executed.thenAcceptAsync(this::executed, threads);
        return;
      }
      add(Result.ofEvent(executed.join()), false);
    }
    wake();
  }

  private void executed(Engine.Executed executed) {
    add(Result.ofEvent(executed), false);
    work();
  }

  private synchronized boolean hasRoom() {
    busy = !ended && ready.size() < MOST && bytes < MOST_BYTES;
    return busy;
  }

  private synchronized void add(Result result, boolean last) {
    if (!ended) {
      ready.add(result);
      bytes += result.json().length;
      ended = last;
    }
  }

  private void wake() {
    Runnable action;
    synchronized (this) {
      if (listener == null || (ready.isEmpty() && !ended)) {
        return;
      }
      action = listener;
      listener = null;
    }
    action.run();
  }
}
