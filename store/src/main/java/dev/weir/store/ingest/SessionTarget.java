package dev.weir.store.ingest;

import dev.weir.store.ShardMap;
import dev.weir.store.log.LogAppender;

/**
 * Where the sessions of a node send to.
 *
 * @param log the application's log
 * @param shards which shard takes which key
 * @param deadLetters where bad records go
 * @param inFlight the room that all sessions share
 */
record SessionTarget(
    LogAppender log, ShardMap shards, DeadLetters deadLetters, InFlight inFlight) {}
