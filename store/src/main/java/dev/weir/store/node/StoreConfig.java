package dev.weir.store.node;

import dev.weir.store.DefinitionChange;
import dev.weir.store.placement.PlacementRule;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a store node needs to know.
 *
 * @param application name of the application
 * @param kafka properties for every Kafka client; {@code bootstrap.servers} at least
 * @param shards number of shards of the application, fixed by its first start
 * @param replicas copies of each shard, the active included, at least 1
 * @param replication replicas of the topics it creates; empty = 3, or as many as there are brokers
 * @param local what belongs to this node alone
 * @param definitions what its configuration declares; {@link Seeding} brings it in
 * @param meters where its metrics go
 * @param placement where copies of a shard may stand; the same on all nodes
 */
public record StoreConfig(
    String application,
    Map<String, Object> kafka,
    int shards,
    int replicas,
    OptionalInt replication,
    Local local,
    List<DefinitionChange> definitions,
    MeterRegistry meters,
    PlacementRule placement) {
  public StoreConfig {
    kafka = Map.copyOf(kafka);
    definitions = List.copyOf(definitions);
  }

  /** The same with {@link PlacementRule#STANDARD}. */
  public StoreConfig(
      String application,
      Map<String, Object> kafka,
      int shards,
      int replicas,
      OptionalInt replication,
      Local local,
      List<DefinitionChange> definitions,
      MeterRegistry meters) {
    this(
        application,
        kafka,
        shards,
        replicas,
        replication,
        local,
        definitions,
        meters,
        PlacementRule.STANDARD);
  }

  /**
   * A node's own settings.
   *
   * @param stateDirectory where its shards lie; its alone
   * @param nodeId unique in the application; empty = made once and kept in the state directory
   * @param rack where it stands, as {@link dev.weir.store.placement.Location} is written, or empty
   * @param url base of its HTTP API as others reach it, or empty
   * @param peer {@code host:port} of its endpoint for other nodes, or empty
   * @param threads stream threads, at least 1
   * @param memoryBytes budget for blocks and memtables of all its shards
   */
  public record Local(
      Path stateDirectory,
      Optional<String> nodeId,
      String rack,
      String url,
      String peer,
      int threads,
      long memoryBytes) {}
}
