package dev.weir.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.examples.social.Kind;
import dev.weir.examples.social.Publisher;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells whether the nodes have taken in everything that was published. */
final class Applied {

  private Applied() {}

  /** Documents in all collections but notes and edges, as one node counts them; -1 = it cannot. */
  static long documents(DemoCluster.Node node) {
    long sum = 0;
    for (JsonNode collection : node.client().collections().path("collections")) {
      if (!collection.path("count").isNumber()) {
        return -1;
      }
      if (!collection.path("name").asText().equals("note") && !collection.has("from")) {
        sum += collection.path("count").asLong();
      }
    }
    return sum;
  }

  /** Whether every shard has a live, serving active, as this node sees it. */
  static boolean isServed(DemoCluster.Node node) {
    JsonNode shards = node.client().cluster().path("shards");
    for (JsonNode shard : shards) {
      JsonNode active = shard.path("active");
      if (!active.path("live").asBoolean() || !active.path("serving").asBoolean()) {
        return false;
      }
    }
    return !shards.isEmpty();
  }

  /** Whether the nodes together read every partition to its end, and folded what they read. */
  static boolean everything(List<DemoCluster.Node> nodes) {
    Map<String, Set<Integer>> read = new HashMap<>();
    for (DemoCluster.Node node : nodes) {
      for (JsonNode source : node.client().sources().path("sources")) {
        Set<Integer> partitions =
            read.computeIfAbsent(source.path("topic").asText(), t -> new HashSet<>());
        boolean done = source.path("lag").asLong(-1) == 0;
        for (JsonNode partition : source.path("partitions")) {
          if (!done) {
            return false;
          }
          partitions.add(partition.asInt());
        }
      }
    }
    for (Kind kind : Kind.values()) {
      if (read.getOrDefault(kind.topic(), Set.of()).size() != Publisher.PARTITIONS) {
        return false;
      }
    }
    for (JsonNode shard : nodes.get(0).client().cluster().path("shards")) {
      if (shard.path("active").path("lag").asLong(-1) != 0) {
        return false;
      }
    }
    return true;
  }
}
