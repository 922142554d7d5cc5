package dev.weir.store.node;

import dev.weir.store.Position;
import dev.weir.store.log.TopicPlan;
import dev.weir.store.read.OpenShards;
import dev.weir.store.rocksdb.RocksResources;
import dev.weir.store.routing.Ownership;
import dev.weir.store.streams.LogTopology;
import dev.weir.store.streams.SettlingClients;
import dev.weir.store.streams.ShardListener;
import dev.weir.store.streams.ShardSetup;
import dev.weir.store.streams.StateArrivals;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Makes instances of Kafka Streams that fold the log into the shards of a node. Only one of them
 * may run at a time.
 *
 * @param prepared the node's directory and log
 * @param comparison of the states there with the log
 * @param found the states that lie there
 * @param listener told what happens to the shards
 * @param arrivals state that shards get from elsewhere
 */
record FoldingStreams(
    StoreConfig config,
    Preflight.Prepared prepared,
    LogComparison comparison,
    FoundStates found,
    RocksResources resources,
    OpenShards openShards,
    Ownership ownership,
    ShardListener listener,
    StateArrivals arrivals) {

  /** The first instance, over the states as they are known to lie there when it is started. */
  KafkaStreams first() {
    return make();
  }

  /**
   * Another instance, over the states as they lie there now.
   *
   * @throws IllegalStateException if the log does not go on from them any more
   */
  KafkaStreams next() {
    Map<Integer, Position> states = LocalStates.positions(prepared.directory(), prepared.topics());
    comparison.check(states);
    found.set(states);
    return make();
  }

  private KafkaStreams make() {
    TopicPlan topics = prepared.topics();
    StateDirectory directory = prepared.directory();
    ShardSetup.Log log =
        new ShardSetup.Log(
            config.application(),
            topics.logTopic(),
            prepared.logId(),
            topics.generation(),
            topics.shards());
    return new KafkaStreams(
        LogTopology.of(
            new ShardSetup(log, resources, openShards, ownership, found, listener, arrivals)),
        StreamsSettings.of(config, topics, directory.streamsDir(), directory.nodeId()),
        new SettlingClients());
  }
}
