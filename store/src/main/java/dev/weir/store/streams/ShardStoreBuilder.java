package dev.weir.store.streams;

import java.util.Map;
import org.apache.kafka.streams.state.StoreBuilder;

/** Builds a {@link ShardStore} for each task; caching and a changelog of its own do not apply. */
final class ShardStoreBuilder implements StoreBuilder<ShardStore> {
  private final ShardSetup setup;

  ShardStoreBuilder(ShardSetup setup) {
    this.setup = setup;
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
  public ShardStore build() {
    return new ShardStore(setup);
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
