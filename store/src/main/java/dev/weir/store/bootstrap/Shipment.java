package dev.weir.store.bootstrap;

import dev.weir.store.Position;
import dev.weir.store.snapshot.Transfer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is done for one shard. One thread writes at a time, any may read. */
final class Shipment {
  final Transfer transfer = new Transfer();
  private volatile String detail = "it waits for its turn";
  private volatile @Nullable Path arrived;
  private volatile @Nullable Position position; // set before arrived
  private volatile long arrivedAt;
  private volatile long askedAt = System.nanoTime();
  private volatile boolean foldTheLog;
  private volatile boolean over;

  /** What is being done, for people. */
  String detail() {
    return detail;
  }

  void say(String text) {
    detail = text;
  }

  /** Somebody waits for it. */
  void ask() {
    askedAt = System.nanoTime();
  }

  /** How long nobody has asked, and nothing has come. */
  long idleNanos() {
    long now = System.nanoTime();
    return arrived == null ? now - askedAt : Math.min(now - askedAt, now - arrivedAt);
  }

  /** The state is complete and verified. */
  void arrive(Path directory, Position state) {
    detail = "it is here";
    arrivedAt = System.nanoTime();
    position = state;
    arrived = directory;
  }

  /** Where the complete state lies; null = it is not here. */
  @Nullable Path arrived() {
    return arrived;
  }

  /** How far the complete state is, once it is here. */
  Position position() {
    return Objects.requireNonNull(position);
  }

  /** Puts the complete state to its place, where nothing is. */
  void moveTo(Path database) {
    try {
      Files.createDirectories(database.resolveSibling(""));
      Files.move(Objects.requireNonNull(arrived), database, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("the state that arrived cannot be put to " + database, e);
    }
  }

  /** How long the complete state has been here. */
  long waitedNanos() {
    return System.nanoTime() - arrivedAt;
  }

  /** Nobody has it, and nobody is needed. */
  void foldTheLog() {
    foldTheLog = true;
  }

  boolean isFoldTheLog() {
    return foldTheLog;
  }

  /** An attempt failed; another one is to be made when somebody asks. */
  void fail(String reason) {
    detail = reason;
    over = true;
  }

  /** Whether an attempt has failed and no other one was begun. */
  boolean failed() {
    return over;
  }

  void retry() {
    over = false;
  }

  /** Whether there is nothing to wait for: it is here, or will not come by itself. */
  boolean settled() {
    return arrived != null || foldTheLog || over;
  }
}
