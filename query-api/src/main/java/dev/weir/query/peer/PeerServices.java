package dev.weir.query.peer;

import dev.weir.store.ShardGate;
import dev.weir.store.ShardReader;
import dev.weir.store.ShardStatus;
import dev.weir.store.ShardWriter;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What a node does for its peers, out of its own shards only. All of it is called from many
 * threads.
 *
 * @param reader answers point reads on a network thread, everything else on a pool
 * @param gate lets reads through once the replicas here are new enough; never blocks
 * @param writer called on a pool
 * @param status what the node holds, ordered by shard
 * @param routingVersion version of the node's routing table
 */
public record PeerServices(
    ShardReader reader,
    ShardGate gate,
    ShardWriter writer,
    Supplier<List<ShardStatus>> status,
    LongSupplier routingVersion) {}
