package dev.weir.query.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.store.Fault;
import dev.weir.store.node.GroupProtocol;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the Kafka client properties and refuses those that Weir's promises rest upon. */
final class KafkaProperties {

  private static final String PATH = "kafka";
  private static final String BOOTSTRAP = "bootstrap.servers";

  /** What Weir sets itself, and why. */
  private static final Map<String, String> OWN =
      Map.ofEntries(
          Map.entry("acks", "a write is acknowledged once all in-sync replicas have it"),
          Map.entry("application.id", "it follows from 'application'"),
          Map.entry("application.server", "nodes find each other through Weir's routing topic"),
          Map.entry("auto.offset.reset", "a missing offset must stop a shard, not skip records"),
          Map.entry("enable.auto.commit", "offsets follow the state"),
          Map.entry("enable.idempotence", "the log must not hold a record twice"),
          Map.entry("group.id", "it follows from 'application'"),
          Map.entry("task.assignor.class", "say 'placement' and 'separate' instead"),
          Map.entry("key.deserializer", "the log has its own format"),
          Map.entry("key.serializer", "the log has its own format"),
          Map.entry("num.standby.replicas", "say 'replicas' instead"),
          Map.entry("num.stream.threads", "say 'threads' instead"),
          Map.entry("processing.guarantee", "the fold is exactly-once by itself"),
          Map.entry("state.dir", "say 'stateDirectory' instead"),
          Map.entry("transactional.id", "the log takes no transactions: its offsets are dense"),
          Map.entry("value.deserializer", "the log has its own format"),
          Map.entry("value.serializer", "the log has its own format"));

  private KafkaProperties() {}

  static SortedMap<String, String> read(JsonNode node, List<Fault> faults) {
    SortedMap<String, String> properties = new TreeMap<>();
    if (!node.isObject() && !node.isMissingNode() && !node.isNull()) {
      faults.add(
          new Fault(PATH, "not a map", "write lines such as 'bootstrap.servers: host:9092'"));
    }
    node.properties()
        .forEach(
            entry -> {
              if (entry.getValue().isValueNode() && !entry.getValue().isNull()) {
                properties.put(entry.getKey(), entry.getValue().asText());
              } else {
                faults.add(
                    new Fault(
                        PATH + "." + entry.getKey(),
                        "not a single value",
                        "write Kafka's full name of the property and one value"));
              }
            });
    check(properties, faults);
    return properties;
  }

  private static void check(SortedMap<String, String> properties, List<Fault> faults) {
    if (properties.getOrDefault(BOOTSTRAP, "").isBlank()) {
      faults.add(
          new Fault(
              PATH + "." + BOOTSTRAP,
              "missing",
              "add it, such as 'bootstrap.servers: localhost:9092', or set"
                  + " WEIR_KAFKA_BOOTSTRAP_SERVERS"));
    }
    properties.forEach(
        (name, value) -> {
          String reason = OWN.get(name);
          if (reason != null) {
            faults.add(
                new Fault(PATH + "." + name, "set by Weir itself", "leave it out: " + reason));
          }
        });
    GroupProtocol.fault(properties)
        .ifPresent(fault -> faults.add(new Fault(PATH + ".group.protocol", fault, "leave it out")));
  }
}
