package dev.weir.bench.ingest;

import dev.weir.bench.feed.ClientTraffic;
import dev.weir.bench.feed.SourceTopic;
import dev.weir.bench.weir.WeirStore;
import dev.weir.store.node.NodeStartException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/** Weir; as many shards as the topic has partitions. */
final class WeirFlow implements Flow {
  private final WeirStore store;
  private final long foldedBefore;

  private WeirFlow(WeirStore store, long foldedBefore) {
    this.store = store;
    this.foldedBefore = foldedBefore;
  }

  static WeirFlow fromSource(SourceTopic topic, Path directory)
      throws NodeStartException, InterruptedException {
    WeirStore store = start(topic, directory);
    store.define();
    long folded = store.folded();
    store.ingest(topic.name());
    // The source's definition reaches every shard as a record of its own.
    return new WeirFlow(store, folded + topic.partitions());
  }

  static WeirFlow fromLog(SourceTopic topic, Path directory)
      throws NodeStartException, InterruptedException {
    return new WeirFlow(start(topic, directory), 0);
  }

  private static WeirStore start(SourceTopic topic, Path directory)
      throws NodeStartException, InterruptedException {
    return WeirStore.start(
        topic.bootstrapServers(),
        String.valueOf(directory.getFileName()),
        directory,
        topic.partitions(),
        Map.of(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, ClientTraffic.class.getName()));
  }

  /** A shard that replays its log from the beginning does not answer yet, but it has begun. */
  @Override
  public boolean started() {
    return store.folded() > foldedBefore;
  }

  @Override
  public boolean has(long documents) {
    return store.count() >= documents;
  }

  @Override
  public void close() {
    store.close();
  }
}
