package dev.weir.store.streams;

import dev.weir.store.Position;
import dev.weir.store.read.OpenShards;
import dev.weir.store.rocksdb.RocksResources;
import dev.weir.store.routing.Ownership;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.Uuid;

/**
 * What every shard store of a node is made with.
 *
 * @param log what is folded
 * @param resources shared RocksDB resources
 * @param openShards where an open shard becomes readable
 * @param ownership told what this node is for each shard
 * @param startPositions gives the positions of the shards on disk, by shard; asked while Kafka
 *     Streams starts
 * @param listener told after every write
 * @param arrivals state that shards get from elsewhere
 */
public record ShardSetup(
    Log log,
    RocksResources resources,
    OpenShards openShards,
    Ownership ownership,
    Supplier<Map<Integer, Position>> startPositions,
    ShardListener listener,
    StateArrivals arrivals) {

  /** Of a node whose shards get no state from elsewhere. */
  public ShardSetup(
      Log log,
      RocksResources resources,
      OpenShards openShards,
      Ownership ownership,
      Map<Integer, Position> startPositions,
      ShardListener listener) {
    this(
        log,
        resources,
        openShards,
        ownership,
        () -> startPositions,
        listener,
        StateArrivals.none());
  }

  /**
   * The application's log.
   *
   * @param application name of the application
   * @param topic name of the topic
   * @param id Kafka's topic id
   * @param generation its number
   * @param shards its number of partitions
   */
  public record Log(String application, String topic, Uuid id, int generation, int shards) {}

  /** Name of the store, and of its directory in the task's directory. */
  public String storeName() {
    return storeName(log.generation());
  }

  /** Name of the store of a generation. */
  public static String storeName(int generation) {
    return "shard-g" + generation;
  }
}
