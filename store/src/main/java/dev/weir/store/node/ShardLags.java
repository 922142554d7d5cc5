package dev.weir.store.node;

import dev.weir.store.ingest.ShardLag;
import dev.weir.store.log.TopicPlan;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far every shard of the application is behind, wherever it is active: the log's end against
 * the offset that its group has committed, looked up every half second while somebody asks.
 */
final class ShardLags implements ShardLag {
  private static final Logger LOG = LoggerFactory.getLogger(ShardLags.class);
  private static final long INTERVAL_MILLIS = 500;

  private final Admin admin;
  private final TopicPlan topics;
  private final Set<Integer> asked = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile Map<Integer, Long> lags = Map.of();

  ShardLags(Admin admin, TopicPlan topics) {
    this.admin = admin;
    this.topics = topics;
  }

  void start(ScheduledExecutorService executor) {
    Future<?> unused =
        executor.scheduleWithFixedDelay(
            this::look, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public long lag(int shard) {
    asked.add(shard);
    return lags.getOrDefault(shard, -1L);
  }

  private void look() {
    if (asked.isEmpty() || !looking.compareAndSet(false, true)) {
      return;
    }
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (int shard : asked) {
      ends.put(new TopicPartition(topics.logTopic(), shard), OffsetSpec.latest());
    }
    asked.clear();
    try {
      KafkaFuture<?> unused =
          admin
              .listConsumerGroupOffsets(topics.streamsApplicationId())
              .partitionsToOffsetAndMetadata()
              .whenComplete((committed, failure) -> compare(ends, committed, failure));
    } catch (RuntimeException e) {
      finish(e);
    }
  }

  private void compare(
      Map<TopicPartition, OffsetSpec> ends,
      Map<TopicPartition, OffsetAndMetadata> committed,
      @Nullable Throwable failure) {
    if (failure != null) {
      finish(failure);
      return;
    }
    KafkaFuture<?> unused =
        admin
            .listOffsets(ends)
            .all()
            .whenComplete(
                (found, noEnds) -> {
                  if (noEnds == null) {
                    lags = lags(committed, found);
                  }
                  finish(noEnds);
                });
  }

  private static Map<Integer, Long> lags(
      Map<TopicPartition, OffsetAndMetadata> committed,
      Map<TopicPartition, ListOffsetsResultInfo> ends) {
    Map<Integer, Long> lags = new HashMap<>();
    ends.forEach(
        (partition, end) -> {
          OffsetAndMetadata offset = committed.get(partition);
          lags.put(partition.partition(), end.offset() - (offset == null ? 0 : offset.offset()));
        });
    return lags;
  }

  private void finish(@Nullable Throwable failure) {
    looking.set(false);
    if (failure != null) {
      LOG.debug("The lags of the shards could not be looked up", failure);
    }
  }
}
