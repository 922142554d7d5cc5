package dev.weir.store.ingest;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A partition that a consumer has: with a session, or waiting for one. One thread. */
final class Slot {

  private final Backoff backoff = new Backoff();
  private final Set<Long> tooLarge = new HashSet<>();
  private @Nullable PartitionSession session;
  private @Nullable String waitsFor;
  private long committed = -1;
  private long notBeforeNanos = System.nanoTime();

  @Nullable PartitionSession session() {
    return session;
  }

  boolean isDue() {
    return session == null && System.nanoTime() - notBeforeNanos >= 0;
  }

  /** Why there is no session; null = there is one, or it is about to begin. */
  @Nullable String waitsFor() {
    return waitsFor;
  }

  void open(PartitionSession opened, long committedOffset) {
    session = opened;
    committed = committedOffset;
    waitsFor = null;
  }

  /** Ends the session; the next one begins after a pause, which grows until one has got on. */
  void close(String reason) {
    session = null;
    retry(reason);
  }

  /** Ends the session; the next one begins at once. */
  void closeForNow() {
    session = null;
    notBeforeNanos = System.nanoTime();
  }

  void retry(String reason) {
    Duration pause = backoff.next();
    waitsFor = reason;
    notBeforeNanos = System.nanoTime() + pause.toNanos();
  }

  /** The offset that the group has, as far as is known; -1 = unknown. */
  long committed() {
    return committed;
  }

  void committed(long offset) {
    if (offset > committed) {
      committed = offset;
      backoff.reset();
    }
  }

  /** Offsets that the log has refused for their size. */
  Set<Long> tooLarge() {
    return tooLarge;
  }
}
