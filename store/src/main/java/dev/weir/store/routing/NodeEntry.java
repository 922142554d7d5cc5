package dev.weir.store.routing;

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
    List<HeldShard> shards) {
  public NodeEntry {
    shards = List.copyOf(shards);
  }

  /** How the node holds a shard. */
  public Optional<HeldShard> shard(int shard) {
    return shards.stream().filter(s -> s.shard() == shard).findFirst();
  }
}
