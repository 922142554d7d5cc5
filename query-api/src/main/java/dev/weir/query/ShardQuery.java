package dev.weir.query;

import dev.weir.store.Query;

/**
 * What one shard is asked.
 *
 * @param <R> what it answers
 * @param shard number of the shard
 * @param query the part of the whole query that concerns it
 */
public record ShardQuery<R>(int shard, Query<R> query) {}
