package dev.weir.store.node;

import dev.weir.store.log.TopicPlan;
import dev.weir.store.streams.ShardSetup;
import java.nio.file.Path;

/**
 * Where a node's shards lie in the directory that Kafka Streams has.
 *
 * @param streams the directory that Kafka Streams has
 * @param topics names of everything the application owns in Kafka
 */
record ShardDirectories(Path streams, TopicPlan topics) {

  /** Holds the directories of all tasks. */
  Path tasks() {
    return streams.resolve(topics.streamsApplicationId());
  }

  /** The database of a shard. */
  Path database(int shard) {
    return tasks().resolve("0_" + shard).resolve(ShardSetup.storeName(topics.generation()));
  }
}
