package dev.weir.store.ingest;

import dev.weir.store.Catalogue;
import dev.weir.store.log.LogAppender;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.apache.kafka.common.Uuid;

/**
 * What ingest needs of the node around it; everything is called from several threads.
 *
 * @param logId Kafka's id of the application's log
 * @param log where records go; not closed by ingest
 * @param catalogue the newest definitions this node knows; empty while it knows none
 * @param everywhere whether every shard shows this revision of the catalogue, or a higher one
 * @param watermarks how far the shards have got with a source
 * @param lags how far the shards are behind their logs
 */
public record IngestPorts(
    Uuid logId,
    LogAppender log,
    Supplier<Catalogue> catalogue,
    IntPredicate everywhere,
    Watermarks watermarks,
    ShardLag lags) {}
