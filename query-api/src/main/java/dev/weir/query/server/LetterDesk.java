package dev.weir.query.server;

import dev.weir.query.DeadLetters;
import dev.weir.store.letter.DeadLetter;
import dev.weir.store.letter.DeadLetterBox;
import dev.weir.store.letter.Replay;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Looks at dead letters one after the other, on a thread that ends when nobody asks. */
final class LetterDesk implements DeadLetters, AutoCloseable {
  private static final int IDLE_SECONDS = 10;

  private final DeadLetterBox box;
  private final ExecutorService thread;

  LetterDesk(DeadLetterBox box) {
    this.box = box;
    ThreadPoolExecutor one =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread made = new Thread(task, "weir-dead-letters");
              made.setDaemon(true);
              return made;
            });
    one.allowCoreThreadTimeOut(true);
    this.thread = one;
  }

  @Override
  public CompletableFuture<DeadLetterBox.Page> list(DeadLetterBox.Wish wish) {
    return done(() -> box.list(wish));
  }

  @Override
  public CompletableFuture<Optional<DeadLetter>> find(long id) {
    return done(() -> box.find(id));
  }

  @Override
  public CompletableFuture<Replay> replay(long id, Replay.Correction correction) {
    return done(() -> box.replay(id, correction));
  }

  /** What may fail because of Kafka. */
  private interface Work<T> {
    T run() throws IOException;
  }

  private <T> CompletableFuture<T> done(Work<T> work) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return work.run();
          } catch (IOException e) {
            throw new CompletionException(e);
          }
        },
        thread);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
