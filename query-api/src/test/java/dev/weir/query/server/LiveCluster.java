package dev.weir.query.server;

import static org.awaitility.Awaitility.await;

import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import dev.weir.query.ClusterView;
import dev.weir.store.Key;
import dev.weir.store.KeyType;
import dev.weir.store.Role;
import dev.weir.store.ShardStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Three whole nodes in this process over a real broker, each with a part of the shards. */
final class LiveCluster implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int NODES = 3;
  private static final int SHARDS = 6;

  private final EmbeddedKafka kafka;
  private final List<Weir> nodes = new ArrayList<>();

  LiveCluster(Path directory, String application) {
    kafka =
        EmbeddedKafka.start(
            Options.in(directory.resolve("kafka"))
                .withBrokerProperty("group.initial.rebalance.delay.ms", "1000"));
    try {
      for (int i = 0; i < NODES; i++) {
        nodes.add(start(directory, application, "n" + i));
      }
      nodes.forEach(node -> node.awaitReady(PATIENCE));
      await().atMost(PATIENCE).until(this::isSpread);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private Weir start(Path directory, String application, String id) {
    return Weir.builder()
        .application(application)
        .bootstrapServers(kafka.bootstrapServers())
        .listen("127.0.0.1:0")
        .stateDirectory(directory.resolve(id))
        .shards(SHARDS)
        .set(Setting.NODE, id)
        .set(Setting.MEMORY, "64MiB")
        .collection("note", KeyType.Scalar.STRING)
        .collection("place", KeyType.Scalar.LONG)
        .edges("leads", "place", "place")
        .start();
  }

  String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  List<Weir> nodes() {
    return nodes;
  }

  /** A node that does not own a key. */
  Weir strangerTo(Key key) {
    int shard = nodes.get(0).database().shards().shardOf(key);
    Set<String> owners =
        nodes.get(0).database().cluster().join().nodes().stream()
            .filter(node -> serving(node).contains(shard))
            .map(ClusterView.Node::id)
            .collect(Collectors.toSet());
    return nodes.stream().filter(node -> !owners.contains(node.nodeId())).findFirst().orElseThrow();
  }

  /** Whether the shards are where they are to stay: each has one owner, and nobody has all. */
  private boolean isSpread() {
    Set<Integer> all = new TreeSet<>();
    int most = 0;
    for (Weir node : nodes) {
      Set<Integer> owned = owned(node);
      if (owned.isEmpty() || !all.addAll(owned) || !node.isReady()) {
        return false;
      }
      most = Math.max(most, owned.size());
    }
    return all.size() == SHARDS && most <= SHARDS / NODES;
  }

  /** The shards that a node itself says it serves. */
  private static Set<Integer> owned(Weir node) {
    Set<Integer> owned = new TreeSet<>();
    for (ClusterView.Node seen : node.database().cluster().join().nodes()) {
      if (seen.id().equals(node.nodeId())) {
        owned.addAll(serving(seen));
      }
    }
    return owned;
  }

  private static Set<Integer> serving(ClusterView.Node node) {
    return node.shards().stream()
        .filter(shard -> shard.role() == Role.ACTIVE && shard.serving())
        .map(ShardStatus::shard)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public void close() {
    nodes.forEach(Weir::close);
    kafka.close();
  }
}
