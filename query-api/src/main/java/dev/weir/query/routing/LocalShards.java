package dev.weir.query.routing;

import dev.weir.store.Catalogue;
import dev.weir.store.ShardReader;
import dev.weir.store.ShardStatus;
import dev.weir.store.ShardWriter;
import java.util.List;
import java.util.function.Supplier;

/**
 * This node's own part of the database.
 *
 * @param node id of this node
 * @param reader answers for the shards it serves
 * @param writer appends for the shards it is active for
 * @param status what it holds, ordered by shard
 * @param catalogue the definitions as it knows them
 */
public record LocalShards(
    String node,
    ShardReader reader,
    ShardWriter writer,
    Supplier<List<ShardStatus>> status,
    Supplier<Catalogue> catalogue) {}
