package dev.weir.store.node;

import dev.weir.kafka.EmbeddedKafka;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.bootstrap.BootstrapSettings;
import dev.weir.store.bootstrap.Neighbours;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/**
 * Nodes that get state from elsewhere, and logs that lose their beginning.
 *
 * @param kafka the broker
 * @param directory under which each node gets its own
 */
record BootstrapStores(EmbeddedKafka kafka, Path directory) {
  static final int DOCUMENTS = 120;

  static BootstrapSettings fromReplicas() {
    return new BootstrapSettings(true, Optional.empty(), 1, 0);
  }

  StoreNode start(TestStores stores, String id, BootstrapSettings bootstrapping) throws Exception {
    return start(stores, id, bootstrapping, Optional.empty());
  }

  StoreNode start(
      TestStores stores,
      String id,
      BootstrapSettings bootstrapping,
      Optional<Neighbours> neighbours)
      throws Exception {
    Path state = Files.createDirectories(directory.resolve(id));
    StoreConfig config = stores.config(state, id);
    return StoreNode.start(
        new StoreConfig(
            config.application(),
            config.kafka(),
            config.shards(),
            config.replicas(),
            config.replication(),
            new StoreConfig.Local(
                state, Optional.of(id), "", "", id + ":1", 2, config.local().memoryBytes()),
            config.definitions(),
            config.meters()),
        bootstrapping,
        neighbours);
  }

  static CollectionDefinition fill(TestStores stores, StoreNode node) throws Exception {
    CollectionDefinition notes = TestStores.define(node, "note", Writer.API);
    for (int i = 0; i < DOCUMENTS; i++) {
      stores.put(node, notes, "k" + i, "" + i);
    }
    stores.quiesce(node);
    return notes;
  }

  void truncate(StoreNode node) throws Exception {
    Map<Integer, Long> positions = new HashMap<>();
    node.shards().forEach(s -> positions.put(s.shard(), s.position().offset()));
    truncateBelow(node, positions);
  }

  void truncateBelow(StoreNode node, Map<Integer, Long> positions) throws Exception {
    Map<TopicPartition, RecordsToDelete> deleted = new HashMap<>();
    positions.forEach(
        (shard, offset) ->
            deleted.put(
                new TopicPartition(node.topics().logTopic(), shard),
                RecordsToDelete.beforeOffset(offset)));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.deleteRecords(deleted).all().get();
    }
  }
}
