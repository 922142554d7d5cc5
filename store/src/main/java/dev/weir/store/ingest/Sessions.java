package dev.weir.store.ingest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of one consumer: opened when it gets partitions, settled and committed when it has
 * to give them up, ended when a send fails. Belongs to the consumer's thread.
 */
final class Sessions implements ConsumerRebalanceListener {

  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
  private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ROOM_TIMEOUT = Duration.ofSeconds(10);

  private final Consumer<byte[], byte[]> consumer;
  private final SessionTarget target;
  private final Pace pace;
  private final BooleanSupplier stopping;
  private final NavigableMap<TopicPartition, Slot> slots =
      new TreeMap<>(
          Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));

  private boolean joined;

  /**
   * Creates the sessions of a consumer, none at first.
   *
   * @param stopping asked while it waits for room
   */
  Sessions(
      Consumer<byte[], byte[]> consumer,
      SessionTarget target,
      Pace pace,
      BooleanSupplier stopping) {
    this.consumer = consumer;
    this.target = target;
    this.pace = pace;
    this.stopping = stopping;
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    joined = true;
    for (TopicPartition partition : partitions) {
      slots.put(partition, new Slot());
      // Without a position the next poll would throw; where to start is decided outside of it.
      consumer.seek(partition, 0);
    }
    consumer.pause(partitions);
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    settle(partitions);
    partitions.forEach(slots::remove);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    LOG.warn("Others have taken {} over; what is not committed will be read again", partitions);
    partitions.forEach(slots::remove);
  }

  /** Sends what a poll gave; what there is no room for will be polled again. */
  void process(ConsumerRecords<byte[], byte[]> records) {
    Duration patience = ROOM_TIMEOUT;
    for (TopicPartition partition : records.partitions()) {
      Slot slot = slots.get(partition);
      PartitionSession session = slot == null ? null : slot.session();
      if (session != null && !process(session, records.records(partition), patience)) {
        patience = Duration.ZERO;
      }
    }
  }

  /** Whether there was room for all. */
  private boolean process(
      PartitionSession session, List<ConsumerRecord<byte[], byte[]>> records, Duration patience) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (session.failure() != null) {
        return true;
      }
      if (!target.inFlight().awaitRoom(patience, stopping)) {
        consumer.seek(new TopicPartition(record.topic(), record.partition()), record.offset());
        return false;
      }
      session.process(record);
    }
    session.advance();
    return true;
  }

  /** Ends the sessions with a failed send, after committing what they have done. */
  void endFailed() {
    for (Map.Entry<TopicPartition, Slot> entry : slots.entrySet()) {
      Slot slot = entry.getValue();
      PartitionSession session = slot.session();
      PartitionSession.Failure failure = session == null ? null : session.failure();
      if (session == null || failure == null) {
        continue;
      }
      session.advance();
      if (failure.isTooLarge()) {
        slot.tooLarge().add(failure.offset());
      }
      LOG.warn(
          "A record of {} at offset {} was not appended ({}); reading again from {}",
          entry.getKey(),
          failure.offset(),
          failure.cause().toString(),
          session.done().offset());
      commitNow(due(Set.of(entry.getKey())));
      consumer.pause(Set.of(entry.getKey()));
      slot.close("the record at offset " + failure.offset() + " was not taken: " + failure.cause());
    }
  }

  /** Ends the session of a partition whose place in the topic is in doubt. */
  void reopen(TopicPartition partition) {
    Slot slot = slots.get(partition);
    if (slot != null) {
      settle(Set.of(partition));
      consumer.pause(Set.of(partition));
      slot.closeForNow();
    }
  }

  /** Ends all sessions without a commit: their topic is not there any more. */
  void abandonAll(String reason) {
    consumer.pause(slots.keySet());
    slots.values().forEach(slot -> slot.close(reason));
  }

  /** Commits what is done, without waiting. */
  void commit() {
    Map<TopicPartition, OffsetAndMetadata> due = due(slots.keySet());
    if (!due.isEmpty()) {
      consumer.commitAsync(
          due,
          (offsets, error) -> {
            if (error == null) {
              noteCommitted(offsets);
            } else {
              LOG.info("Offsets {} are not committed yet: {}", offsets.keySet(), error.toString());
            }
          });
    }
  }

  /** Waits for what was sent, within the drain timeout, and commits it. */
  void settle(Collection<TopicPartition> partitions) {
    target.log().flush();
    long deadline = System.nanoTime() + pace.drainTimeout().toNanos();
    for (TopicPartition partition : partitions) {
      Slot slot = slots.get(partition);
      PartitionSession session = slot == null ? null : slot.session();
      if (session != null) {
        session.awaitSettled(deadline);
      }
    }
    commitNow(due(partitions));
  }

  private void commitNow(Map<TopicPartition, OffsetAndMetadata> due) {
    if (due.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(due, COMMIT_TIMEOUT);
      noteCommitted(due);
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      LOG.warn("Offsets {} are not committed and will be read again: {}", due, e.toString());
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> due(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> due = new TreeMap<>(slots.comparator());
    for (TopicPartition partition : partitions) {
      Slot slot = slots.get(partition);
      PartitionSession session = slot == null ? null : slot.session();
      if (slot == null || session == null) {
        continue;
      }
      session.advance();
      if (session.isSettled()) {
        passMarkers(partition, session);
      }
      OffsetAndMetadata done = session.done();
      if (done.offset() > slot.committed()) {
        due.put(partition, done);
      }
    }
    return due;
  }

  private void passMarkers(TopicPartition partition, PartitionSession session) {
    try {
      session.reached(consumer.position(partition, Duration.ZERO));
    } catch (KafkaException | IllegalStateException e) {
      LOG.debug("No position of {} now", partition, e);
    }
  }

  private void noteCommitted(Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.forEach(
        (partition, offset) -> {
          Slot slot = slots.get(partition);
          if (slot != null) {
            slot.committed(offset.offset());
          }
        });
  }

  /** Pauses partitions that have no session, and all if the source is held back. */
  void applyPauses(boolean heldBack) {
    Set<TopicPartition> paused = new HashSet<>(consumer.paused());
    List<TopicPartition> resume = new ArrayList<>();
    List<TopicPartition> pause = new ArrayList<>();
    slots.forEach(
        (partition, slot) -> {
          boolean wanted = heldBack || slot.session() == null;
          if (wanted != paused.contains(partition)) {
            (wanted ? pause : resume).add(partition);
          }
        });
    if (!pause.isEmpty()) {
      consumer.pause(pause);
    }
    if (!resume.isEmpty()) {
      consumer.resume(resume);
    }
  }

  /** Whether the group has said what this consumer reads, be it nothing. */
  boolean hasJoined() {
    return joined;
  }

  /** The partitions, ascending; live. */
  NavigableMap<TopicPartition, Slot> slots() {
    return slots;
  }

  /** The shards that the open sessions have sent to. */
  BitSet shards() {
    BitSet all = new BitSet();
    for (Slot slot : slots.values()) {
      PartitionSession session = slot.session();
      if (session != null) {
        all.or(session.shards());
      }
    }
    return all;
  }

  /** Why the first waiting partition waits; null = none waits. */
  @Nullable String waitsFor() {
    for (Slot slot : slots.values()) {
      if (slot.session() == null && slot.waitsFor() != null) {
        return slot.waitsFor();
      }
    }
    return null;
  }
}
