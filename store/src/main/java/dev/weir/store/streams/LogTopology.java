package dev.weir.store.streams;

import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.Topology;

/**
 * The one sub-topology: the log, the fold, one store per shard. The log is the store's changelog.
 * Every part has a fixed name, because Streams finds state again by names.
 */
public final class LogTopology {
  private LogTopology() {}

  /** The topology over a node's shards. */
  public static Topology of(ShardSetup setup) {
    LogHeads heads = new LogHeads(setup.log().shards());
    return new Topology()
        .addReadOnlyStateStore(
            new ShardStoreBuilder(setup),
            "log",
            heads,
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer(),
            setup.log().topic(),
            "fold",
            () -> new FoldProcessor(setup.storeName(), heads));
  }
}
