package dev.weir.graph.kafka;

/**
 * Where something lies in a partition, perhaps between records of others.
 *
 * @param id what its records begin their keys with
 * @param from offset of its first record
 * @param to offset of its last one
 * @param chunks how many records it has
 */
public record Stretch(String id, long from, long to, int chunks) {}
