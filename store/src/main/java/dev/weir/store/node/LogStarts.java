package dev.weir.store.node;

import dev.weir.store.log.TopicPlan;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks which shards' logs have lost their beginning: every half minute, and when a shard was
 * opened. What a cut has overtaken is opened again and again until then. Safe from any thread.
 */
final class LogStarts {
  private static final Logger LOG = LoggerFactory.getLogger(LogStarts.class);
  private static final long INTERVAL_SECONDS = 30;

  private final Admin admin;
  private final TopicPlan topics;
  private final Seen seen;
  private final AtomicBoolean looking = new AtomicBoolean();

  /** Learns where a shard's log begins. */
  @FunctionalInterface
  interface Seen {
    /**
     * It does not begin at 0 any more.
     *
     * @param start offset of its first record
     */
    void begins(int shard, long start);
  }

  LogStarts(Admin admin, TopicPlan topics, Seen seen) {
    this.admin = admin;
    this.topics = topics;
    this.seen = seen;
  }

  void start(ScheduledExecutorService executor) {
    Future<?> unused =
        executor.scheduleWithFixedDelay(
            this::look, INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
  }

  /** Begins to look, unless somebody is looking; returns at once. */
  void look() {
    if (!looking.compareAndSet(false, true)) {
      return;
    }
    Map<TopicPartition, OffsetSpec> starts = new HashMap<>();
    for (int shard = 0; shard < topics.shards(); shard++) {
      starts.put(new TopicPartition(topics.logTopic(), shard), OffsetSpec.earliest());
    }
    try {
      KafkaFuture<?> unused =
          admin
              .listOffsets(starts)
              .all()
              .whenComplete(
                  (found, failure) -> {
                    looking.set(false);
                    if (failure != null) {
                      LOG.debug("The beginning of the log could not be looked up", failure);
                      return;
                    }
                    found.forEach(
                        (partition, start) -> {
                          if (start.offset() > 0) {
                            seen.begins(partition.partition(), start.offset());
                          }
                        });
                  });
    } catch (RuntimeException e) {
      looking.set(false);
      LOG.debug("The beginning of the log could not be looked up", e);
    }
  }
}
