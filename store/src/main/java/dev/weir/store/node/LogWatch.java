package dev.weir.store.node;

import dev.weir.store.read.Gate;
import dev.weir.store.routing.HeldShard;
import dev.weir.store.routing.Ownership;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the log from outside, every second: how far each held shard is behind, and whether the
 * log is still the one the state was folded from. Kafka Streams would go on with a recreated topic
 * from its beginning, and the fold would take its first records for repetitions.
 */
final class LogWatch {
  private static final Logger LOG = LoggerFactory.getLogger(LogWatch.class);
  private static final long INTERVAL_MILLIS = 1000;

  private final Admin admin;
  private final String topic;
  private final SameLog same;
  private final Ownership ownership;
  private final Gate gate;
  private final ScheduledExecutorService executor;
  private final AtomicBoolean looking = new AtomicBoolean();
  private final AtomicBoolean again = new AtomicBoolean();

  LogWatch(
      Admin admin,
      String topic,
      SameLog same,
      Ownership ownership,
      Gate gate,
      ScheduledExecutorService executor) {
    this.admin = admin;
    this.topic = topic;
    this.same = same;
    this.ownership = ownership;
    this.gate = gate;
    this.executor = executor;
  }

  void start() {
    Future<?> unused =
        executor.scheduleWithFixedDelay(this::look, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * A shard was opened: it serves once it has reached an end seen from now on. If the log is known
   * to be another one it is stopped before it folds anything.
   */
  void shardOpened() {
    same.known().ifPresent(this::stopAll);
    lookSoon();
  }

  private void lookSoon() {
    try {
      executor.execute(this::look);
    } catch (RejectedExecutionException e) {
      LOG.debug("Not looking at the log any more: the node is closing");
    }
  }

  private void look() {
    again.set(true);
    if (!looking.compareAndSet(false, true)) {
      return; // whoever is looking looks again
    }
    again.set(false);
    List<HeldShard> held = ownership.snapshot();
    if (held.isEmpty()) {
      looking.set(false);
      return;
    }
    try {
      Map<TopicPartition, OffsetSpec> ends =
          held.stream()
              .collect(
                  Collectors.toMap(
                      shard -> new TopicPartition(topic, shard.shard()),
                      shard -> OffsetSpec.latest()));
      long sentAt = gate.now();
      KafkaFuture<?> unused =
          admin
              .listOffsets(ends)
              .all()
              .whenComplete(
                  (found, failure) -> {
                    looking.set(false);
                    if (failure == null) {
                      compare(held, found, sentAt);
                    } else {
                      LOG.debug("The end of the log could not be looked up", failure);
                    }
                    if (again.get()) {
                      lookSoon(); // a shard was opened while this one was under way
                    }
                  });
      checkIdentity();
    } catch (RuntimeException e) {
      looking.set(false);
      LOG.debug("The end of the log could not be looked up", e);
    }
  }

  private void compare(
      List<HeldShard> held, Map<TopicPartition, ListOffsetsResultInfo> ends, long sentAt) {
    for (HeldShard shard : held) {
      ListOffsetsResultInfo found = ends.get(new TopicPartition(topic, shard.shard()));
      if (found == null) {
        continue;
      }
      if (found.offset() <= shard.offset()) {
        ownership.stopped(
            shard.shard(),
            String.format(
                Locale.ROOT,
                "the log ends at offset %d, but the state has folded offset %d: the log has lost"
                    + " its tail (unclean leader election, or a restored broker); keep this state"
                    + " directory, and start nodes whose state is older, or none; or store what all"
                    + " nodes have with 'weir snapshot save --to' and use 'weir snapshot clone'",
                found.offset(),
                shard.offset()));
      } else {
        ownership.logEndSeen(shard.shard(), found.offset());
        gate.endSeen(shard.shard(), found.offset(), sentAt);
      }
    }
  }

  private void checkIdentity() {
    CompletionStage<?> unused = same.look().thenAccept(reason -> reason.ifPresent(this::stopAll));
  }

  private void stopAll(String reason) {
    ownership.snapshot().forEach(shard -> ownership.stopped(shard.shard(), reason));
  }
}
