package dev.weir.store.ingest;

import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A record that a session has sent and not counted as done. Completed by whoever acknowledges it,
 * looked at by the session's thread.
 */
final class Pending implements BiConsumer<@Nullable Object, @Nullable Throwable> {

  final long offset;
  final Optional<Integer> leaderEpoch;
  final RecordOutcome outcome;
  private final int size;
  private final PartitionSession session;
  private volatile boolean done;

  Pending(
      PartitionSession session,
      long offset,
      Optional<Integer> leaderEpoch,
      RecordOutcome outcome,
      int size) {
    this.session = session;
    this.offset = offset;
    this.leaderEpoch = leaderEpoch;
    this.outcome = outcome;
    this.size = size;
  }

  boolean isDone() {
    return done;
  }

  @Override
  public void accept(@Nullable Object result, @Nullable Throwable error) {
    if (error == null) {
      done = true;
    } else {
      session.fail(offset, error);
    }
    session.target().inFlight().give(size);
  }
}
