package dev.weir.bench.group;

import dev.weir.store.placement.Location;
import dev.weir.store.placement.PlacementRule;
import dev.weir.store.placement.RackTaskAssignor;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.internals.StreamsPartitionAssignor;
import org.apache.kafka.streams.state.Stores;

/**
 * A group as its leader sees it, with the assignor that Kafka Streams itself configures.
 *
 * @param hosts number of processes
 * @param threads stream threads of each
 * @param shards tasks, each with one store
 * @param standbys copies beside the active
 * @param topics sources that each task reads; the store is built from the first
 * @param weir whether Weir's assignor places the tasks, by racks; else Kafka Streams' own, with
 *     {@code application.server}
 */
record Group(int hosts, int threads, int shards, int standbys, int topics, boolean weir) {
  private static final int RACKS = 20;
  private static final String APPLICATION = "shop.store.g0";

  List<String> topicNames() {
    return IntStream.range(0, topics).mapToObj(i -> "shop.log.g" + i).toList();
  }

  String server(int host) {
    return weir ? "" : "host-" + host + ".example.org:7070";
  }

  Map<String, String> tags(int host) {
    return weir
        ? Location.parse("zone-" + host % RACKS % 4 + "/r" + host % RACKS).tags()
        : Map.of();
  }

  /** The leader's assignor. */
  StreamsPartitionAssignor assignor(Path directory) {
    OfflineClients clients = new OfflineClients();
    try (KafkaStreams streams = new KafkaStreams(topology(), settings(directory), clients)) {
      StreamsPartitionAssignor assignor = new StreamsPartitionAssignor();
      assignor.configure(clients.assignorConfiguration());
      return assignor;
    }
  }

  /** The topics as the brokers describe them. */
  Cluster cluster() {
    Node broker = new Node(1, "broker", 9092);
    List<PartitionInfo> partitions =
        topicNames().stream()
            .flatMap(
                topic ->
                    IntStream.range(0, shards)
                        .mapToObj(p -> new PartitionInfo(topic, p, broker, of(broker), of(broker))))
            .toList();
    return new Cluster(
        "cluster", List.of(broker), partitions, java.util.Set.of(), java.util.Set.of());
  }

  private static Node[] of(Node node) {
    return new Node[] {node};
  }

  private Properties settings(Path directory) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION);
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
    settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, standbys);
    if (weir) {
      settings.put(StreamsConfig.TASK_ASSIGNOR_CLASS_CONFIG, RackTaskAssignor.class.getName());
      settings.putAll(RackTaskAssignor.settings(PlacementRule.STANDARD));
    } else {
      settings.put(StreamsConfig.APPLICATION_SERVER_CONFIG, server(0));
    }
    Properties properties = new Properties();
    properties.putAll(settings);
    return properties;
  }

  private Topology topology() {
    List<String> names = topicNames();
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    Topology topology = new Topology();
    topology.addReadOnlyStateStore(
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore("state"), Serdes.ByteArray(), Serdes.ByteArray()),
        "source-0",
        bytes,
        bytes,
        names.get(0),
        "fold",
        (ProcessorSupplier<byte[], byte[], Void, Void>) Idle::new);
    if (topics > 1) {
      String[] others = new String[topics - 1];
      for (int i = 1; i < topics; i++) {
        others[i - 1] = "source-" + i;
        topology.addSource(others[i - 1], bytes, bytes, names.get(i));
      }
      topology.addProcessor(
          "others", (ProcessorSupplier<byte[], byte[], Void, Void>) Idle::new, others);
      topology.connectProcessorAndStateStores("others", "state");
    }
    return topology;
  }

  private static final class Idle implements Processor<byte[], byte[], Void, Void> {
    @Override
    public void process(Record<byte[], byte[]> record) {
      // Nothing is ever polled.
    }
  }
}
