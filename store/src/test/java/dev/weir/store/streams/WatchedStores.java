package dev.weir.store.streams;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.state.StoreBuilder;

/** Builds shard stores that tell when Kafka Streams commits them without offsets. */
final class WatchedStores implements StoreBuilder<ShardStore> {
  private final ShardSetup setup;
  private final SeenEvents events;

  WatchedStores(ShardSetup setup, SeenEvents events) {
    this.setup = setup;
    this.events = events;
  }

  @Override
  public ShardStore build() {
    return new ShardStore(setup) {
      @Override
      public void commit(Map<TopicPartition, Long> offsets) {
        if (offsets.isEmpty()) {
          events.committedNothing();
        }
        super.commit(offsets);
      }
    };
  }

  @Override
  public StoreBuilder<ShardStore> withCachingEnabled() {
    return this;
  }

  @Override
  public StoreBuilder<ShardStore> withCachingDisabled() {
    return this;
  }

  @Override
  public StoreBuilder<ShardStore> withLoggingEnabled(Map<String, String> config) {
    return this;
  }

  @Override
  public StoreBuilder<ShardStore> withLoggingDisabled() {
    return this;
  }

  @Override
  public Map<String, String> logConfig() {
    return Map.of();
  }

  @Override
  public boolean loggingEnabled() {
    return false;
  }

  @Override
  public String name() {
    return setup.storeName();
  }
}
