package dev.weir.store.routing;

import dev.weir.store.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * Who holds what, as of one offset of the routing topic. Immutable.
 *
 * @param version offset of the last entry folded into it; -1 = none
 * @param nodes by node id
 * @param actives by shard: the node whose claim to be its active is the newest
 * @param departed ids of nodes that have left of their own accord, as far back as is known
 */
public record RoutingTable(
    long version,
    SortedMap<String, NodeEntry> nodes,
    Map<Integer, NodeEntry> actives,
    Set<String> departed) {

  /** A table that knows of no node that has left. */
  public RoutingTable(
      long version, SortedMap<String, NodeEntry> nodes, Map<Integer, NodeEntry> actives) {
    this(version, nodes, actives, Set.of());
  }

  /** The node that folds new records of a shard, serving or not. */
  public Optional<NodeEntry> active(int shard) {
    return Optional.ofNullable(actives.get(shard));
  }

  /**
   * Whether some shard has had something for others for a while: collections that are made of it
   * show less than there is.
   */
  public boolean sending() {
    return actives.entrySet().stream()
        .anyMatch(e -> e.getValue().shard(e.getKey()).filter(HeldShard::sending).isPresent());
  }

  /** The nodes that hold standbys of a shard, ordered by node id. */
  public List<NodeEntry> standbys(int shard) {
    return nodes.values().stream()
        .filter(n -> n.shard(shard).filter(s -> s.role() == Role.STANDBY).isPresent())
        .toList();
  }

  /**
   * Whether every shard's active shows a revision of the definitions, or a higher one.
   *
   * @param shards number of shards of the application
   */
  public boolean shows(int revision, int shards) {
    return IntStream.range(0, shards).allMatch(shard -> showsAt(revision, shard));
  }

  /** Whether the active of one shard shows a revision of the definitions, or a higher one. */
  public boolean showsAt(int revision, int shard) {
    return active(shard)
        .flatMap(node -> node.shard(shard))
        .filter(held -> held.catalogueRevision() >= revision)
        .isPresent();
  }
}
