package dev.weir.query;

import dev.weir.store.ShardStatus;
import java.util.List;

/**
 * Nodes and shards at one moment.
 *
 * @param application name of the application
 * @param logId Kafka's topic id of the log, as text
 * @param generation of the log
 * @param routingVersion version of the routing table this was taken from
 * @param nodes ordered by id
 */
public record ClusterView(
    String application, String logId, int generation, long routingVersion, List<Node> nodes) {
  public ClusterView {
    nodes = List.copyOf(nodes);
  }

  /**
   * A node.
   *
   * @param id unique in the application
   * @param url base of its HTTP API
   * @param rack where it stands, or empty
   * @param pid its process
   * @param configuration digest of the definitions its configuration asks for
   * @param live whether it answered just now; if not, {@code shards} is what it last published
   * @param shards what it holds, ordered by shard
   * @param arriving shards whose state is on its way to it, ordered by shard; empty if it is not
   *     live
   */
  public record Node(
      String id,
      String url,
      String rack,
      long pid,
      String configuration,
      boolean live,
      List<ShardStatus> shards,
      List<Arriving> arriving) {
    public Node {
      shards = List.copyOf(shards);
      arriving = List.copyOf(arriving);
    }

    /** A node to which no state is on its way. */
    public Node(
        String id,
        String url,
        String rack,
        long pid,
        String configuration,
        boolean live,
        List<ShardStatus> shards) {
      this(id, url, rack, pid, configuration, live, shards, List.of());
    }
  }
}
