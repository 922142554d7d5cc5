package dev.weir.store.routing;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a node says of itself in the routing topic; its newest entry stands.
 *
 * @param node id of the node, unique in the application
 * @param session random number of this start of the node
 * @param generation generation of the log it serves
 * @param url base of its HTTP API as others reach it
 * @param peer {@code host:port} of its endpoint for other nodes
 * @param rack where it stands, or empty
 * @param pid its process
 * @param configuration digest of the definitions its configuration asks for, so that nodes that
 *     disagree can be named
 * @param shards what it holds, ordered by shard
 * @param standing its members of the consumer group, and whether it is about to be silent
 */
public record NodeEntry(
    String node,
    long session,
    int generation,
    String url,
    String peer,
    String rack,
    long pid,
    String configuration,
    List<HeldShard> shards,
    Standing standing) {
  public NodeEntry {
    shards = shards.stream().sorted(Comparator.comparingInt(HeldShard::shard)).toList();
  }

  /** A node that says nothing of its members of the consumer group. */
  public NodeEntry(
      String node,
      long session,
      int generation,
      String url,
      String peer,
      String rack,
      long pid,
      String configuration,
      List<HeldShard> shards) {
    this(node, session, generation, url, peer, rack, pid, configuration, shards, Standing.UNSAID);
  }

  /** How the node holds a shard. */
  public Optional<HeldShard> shard(int shard) {
    int low = 0;
    int high = shards.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      HeldShard held = shards.get(middle);
      if (held.shard() == shard) {
        return Optional.of(held);
      }
      if (held.shard() < shard) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return Optional.empty();
  }

  /** The same node with other shards. */
  public NodeEntry holding(List<HeldShard> held) {
    return new NodeEntry(
        node, session, generation, url, peer, rack, pid, configuration, held, standing);
  }

  /** The same node with another standing. */
  public NodeEntry standing(Standing other) {
    return new NodeEntry(
        node, session, generation, url, peer, rack, pid, configuration, shards, other);
  }
}
