package dev.weir.query;

import dev.weir.store.letter.DeadLetter;
import dev.weir.store.letter.DeadLetterBox;
import dev.weir.store.letter.Replay;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Records of sources that could not be taken, of the whole application. Safe from any thread; never
 * blocks. The futures fail with an {@link java.io.IOException} if Kafka does not do its part.
 */
public interface DeadLetters {

  /** None. */
  DeadLetters NONE =
      new DeadLetters() {
        @Override
        public CompletableFuture<DeadLetterBox.Page> list(DeadLetterBox.Wish wish) {
          return CompletableFuture.completedFuture(
              new DeadLetterBox.Page(List.of(), Optional.empty()));
        }

        @Override
        public CompletableFuture<Optional<DeadLetter>> find(long id) {
          return CompletableFuture.completedFuture(Optional.empty());
        }

        @Override
        public CompletableFuture<Replay> replay(long id, Replay.Correction correction) {
          return CompletableFuture.completedFuture(new Replay.Unknown());
        }
      };

  /** Some of them. */
  CompletableFuture<DeadLetterBox.Page> list(DeadLetterBox.Wish wish);

  /** One of them, whole. */
  CompletableFuture<Optional<DeadLetter>> find(long id);

  /** Sends one again to where it came from. */
  CompletableFuture<Replay> replay(long id, Replay.Correction correction);
}
