package dev.weir.store.audit;

import org.jspecify.annotations.Nullable;

/**
 * A record of a source's topic.
 *
 * @param partition of the topic
 * @param offset in the partition
 * @param timestamp milliseconds since the epoch; -1 = none
 * @param key as it is there, shared; null = none
 * @param value the same
 */
public record SourceRecord(
    int partition, long offset, long timestamp, byte @Nullable [] key, byte @Nullable [] value) {}
