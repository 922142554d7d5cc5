package dev.weir.query.routing;

import dev.weir.query.Arriving;
import dev.weir.store.Catalogue;
import dev.weir.store.ShardGate;
import dev.weir.store.ShardReader;
import dev.weir.store.ShardStatus;
import dev.weir.store.ShardWriter;
import java.util.List;
import java.util.function.Supplier;

/**
 * This node's own part of the database.
 *
 * @param node id of this node
 * @param reader answers for the replicas it holds
 * @param gate lets reads through once those are new enough
 * @param writer appends for the shards it is active for
 * @param status what it holds, ordered by shard
 * @param catalogue the definitions as it knows them
 * @param arriving shards whose state is on its way to it, ordered by shard
 */
public record LocalShards(
    String node,
    ShardReader reader,
    ShardGate gate,
    ShardWriter writer,
    Supplier<List<ShardStatus>> status,
    Supplier<Catalogue> catalogue,
    Supplier<List<Arriving>> arriving) {

  /** Of a node to which no state is on its way. */
  public LocalShards(
      String node,
      ShardReader reader,
      ShardGate gate,
      ShardWriter writer,
      Supplier<List<ShardStatus>> status,
      Supplier<Catalogue> catalogue) {
    this(node, reader, gate, writer, status, catalogue, List::of);
  }
}
