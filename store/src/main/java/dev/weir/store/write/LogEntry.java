package dev.weir.store.write;

import org.jspecify.annotations.Nullable;

/**
 * A record of a shard's log as it came from Kafka.
 *
 * @param offset its offset
 * @param leaderEpoch leader epoch of its batch; -1 = unknown
 * @param timestamp its timestamp, milliseconds since the epoch
 * @param key its key
 * @param value its value; null is poison
 */
public record LogEntry(
    long offset, int leaderEpoch, long timestamp, byte[] key, byte @Nullable [] value) {}
