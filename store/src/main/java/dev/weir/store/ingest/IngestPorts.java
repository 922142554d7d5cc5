package dev.weir.store.ingest;

import dev.weir.store.Catalogue;
import dev.weir.store.log.LogAppender;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/**
 * What ingest needs of the node around it; everything is called from several threads.
 *
 * @param log where records go; not closed by ingest
 * @param catalogue the newest definitions this node knows; empty while it knows none
 * @param everywhere whether every shard shows this revision of the catalogue, or a higher one
 * @param watermarks how far the shards have got with a source
 * @param lags how far the shards are behind their logs
 */
public record IngestPorts(
    LogAppender log,
    Supplier<Catalogue> catalogue,
    IntPredicate everywhere,
    Watermarks watermarks,
    ShardLag lags) {}
