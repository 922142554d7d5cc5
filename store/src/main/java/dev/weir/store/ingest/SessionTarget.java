package dev.weir.store.ingest;

import dev.weir.store.ShardMap;
import dev.weir.store.log.LogAppender;
import org.apache.kafka.common.Uuid;

/**
 * Where the sessions of a node send to.
 *
 * @param logId Kafka's id of the application's log
 * @param log the application's log
 * @param shards which shard takes which key
 * @param deadLetters where bad records go
 * @param inFlight the room that all sessions share
 */
record SessionTarget(
    Uuid logId, LogAppender log, ShardMap shards, DeadLetters deadLetters, InFlight inFlight) {}
