package dev.weir.query.routing;

import dev.weir.store.ShardMap;
import org.apache.kafka.common.Uuid;

/**
 * Which database is routed to.
 *
 * @param name of the application
 * @param logId Kafka's topic id of the log
 * @param generation number of the log, from 0
 * @param shards of that generation
 */
public record Application(String name, Uuid logId, int generation, ShardMap shards) {}
