package dev.weir.store;

/**
 * How far a copy of a shard is with an index that it does not have completely.
 *
 * @param index id of the index
 * @param documents that it has passed
 * @param of so many documents of the collection
 */
public record IndexProgress(int index, long documents, long of) {}
