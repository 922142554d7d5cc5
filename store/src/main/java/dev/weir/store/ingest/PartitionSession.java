package dev.weir.store.ingest;

import dev.weir.store.SourceDefinition;
import dev.weir.store.write.LogRecord;
import dev.weir.store.write.LogRecord.Origin;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * One uninterrupted copy of one partition of a source, from a start offset on. It ends with its
 * first failed send: what it sent to a shard afterwards is chained to a record that may not be in
 * the log, and the fold ignores it.
 *
 * <p>Belongs to one thread; only {@link #fail} and {@link #failure} are safe from any.
 */
final class PartitionSession {

  private static final long SETTLE_PAUSE_NANOS = 1_000_000;

  /**
   * The first send that failed.
   *
   * @param offset of the record
   * @param cause why
   */
  record Failure(long offset, Throwable cause) {

    /** Whether the log can never take the record, whoever sends it. */
    boolean isTooLarge() {
      return cause instanceof RecordTooLargeException;
    }
  }

  /**
   * What a session copies.
   *
   * @param source definition of the source
   * @param mapping its mapping
   * @param origin the partition
   * @param note what its commits say about themselves
   * @param tooLarge offsets of records that the log has refused for their size
   */
  record Subject(
      SourceDefinition source,
      SourceMapping mapping,
      Origin origin,
      CommitNote note,
      Set<Long> tooLarge) {}

  private final Subject subject;
  private final SessionTarget target;
  private final SourceMeters meters;
  private final String note;
  private final ArrayDeque<Pending> queue = new ArrayDeque<>();
  private final long[] lastSent;
  private final BitSet shards = new BitSet();
  private long next;
  private Optional<Integer> epoch = Optional.empty();
  private volatile @Nullable Failure failure;

  /**
   * Begins.
   *
   * @param start offset of the first record it will be given, or below
   */
  PartitionSession(Subject subject, SessionTarget target, SourceMeters meters, long start) {
    this.subject = subject;
    this.target = target;
    this.meters = meters;
    this.note = subject.note().text();
    this.next = start;
    this.lastSent = new long[target.shards().shards()];
    Arrays.fill(lastSent, LogRecord.FIRST);
  }

  /** Sends one record; records come in the order of their offsets. */
  void process(ConsumerRecord<byte[], byte[]> record) {
    Mapped mapped =
        subject.tooLarge().contains(record.offset())
            ? new Mapped.Poison(
                PoisonReason.TOO_LARGE,
                "the log refused the record for its size: raise max.message.bytes of the log, or lower"
                    + " limits.document")
            : subject.mapping().map(record.key(), record.value());
    if (mapped instanceof Mapped.Append append) {
      Pending pending = enqueue(record, RecordOutcome.APPENDED);
      send(pending, append(append, record));
    } else if (mapped instanceof Mapped.Poison poison) {
      meters.deadLetter(poison.reason());
      Pending pending = enqueue(record, RecordOutcome.DEAD_LETTER);
      send(pending, keep(record, poison));
    } else {
      skip(record);
    }
  }

  private Pending enqueue(ConsumerRecord<byte[], byte[]> record, RecordOutcome outcome) {
    int size = Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
    Pending pending = new Pending(this, record.offset(), record.leaderEpoch(), outcome, size);
    target.inFlight().take(size);
    queue.add(pending);
    next = record.offset() + 1;
    return pending;
  }

  private void skip(ConsumerRecord<byte[], byte[]> record) {
    next = record.offset() + 1;
    if (queue.isEmpty()) {
      epoch = record.leaderEpoch();
    }
    meters.count(RecordOutcome.SKIPPED, 1);
  }

  private static void send(Pending pending, CompletionStage<?> sent) {
    sent.whenComplete(pending);
  }

  private CompletionStage<?> append(Mapped.Append append, ConsumerRecord<byte[], byte[]> record) {
    int shard = target.shards().shardOf(append.shardKey());
    LogRecord.Ingested entry =
        new LogRecord.Ingested(
            subject.origin(), record.offset(), lastSent[shard], append.operation());
    lastSent[shard] = record.offset();
    shards.set(shard);
    try {
      return target.log().append(shard, entry, record.timestamp());
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletionStage<?> keep(ConsumerRecord<byte[], byte[]> record, Mapped.Poison poison) {
    try {
      return target.deadLetters().keep(subject.source().name(), record, poison);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Counts what is acknowledged without a gap as done. */
  void advance() {
    long appended = 0;
    long kept = 0;
    for (Pending head = queue.peek(); head != null && head.isDone(); head = queue.peek()) {
      queue.remove();
      epoch = head.leaderEpoch;
      if (head.outcome == RecordOutcome.APPENDED) {
        appended++;
      } else {
        kept++;
      }
    }
    meters.count(RecordOutcome.APPENDED, appended);
    meters.count(RecordOutcome.DEAD_LETTER, kept);
  }

  /** The offset up to which everything is done, to be committed. */
  OffsetAndMetadata done() {
    Pending head = queue.peek();
    return new OffsetAndMetadata(head == null ? next : head.offset, epoch, note);
  }

  /**
   * Moves the done offset over what the topic holds between records (ends of transactions), once
   * nothing is in flight.
   *
   * @param position offset of the next record that the consumer will give
   */
  void reached(long position) {
    if (queue.isEmpty() && failure == null) {
      next = Math.max(next, position);
    }
  }

  /** Whether everything it was given is done. */
  boolean isSettled() {
    return queue.isEmpty();
  }

  /** Waits until it is settled or has failed, or until a moment of {@link System#nanoTime}. */
  void awaitSettled(long deadline) {
    advance();
    while (!isSettled()
        && failure == null
        && System.nanoTime() - deadline < 0
        && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(this, SETTLE_PAUSE_NANOS);
      advance();
    }
  }

  /** Why it ended; null = it has not. */
  @Nullable Failure failure() {
    return failure;
  }

  /** Ends it, if nothing has ended it before. */
  void fail(long offset, Throwable error) {
    Throwable cause =
        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    synchronized (this) {
      if (failure == null) {
        failure = new Failure(offset, cause);
      }
    }
  }

  /** The shards it has sent to. */
  BitSet shards() {
    return shards;
  }

  Origin origin() {
    return subject.origin();
  }

  SessionTarget target() {
    return target;
  }
}
