package dev.weir.store.node;

import dev.weir.store.log.TopicPlan;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every half minute which shards' logs have lost their beginning. */
final class LogStarts {
  private static final Logger LOG = LoggerFactory.getLogger(LogStarts.class);
  private static final long INTERVAL_SECONDS = 30;

  private final Admin admin;
  private final TopicPlan topics;
  private final Seen seen;

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

  private void look() {
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
      LOG.debug("The beginning of the log could not be looked up", e);
    }
  }
}
