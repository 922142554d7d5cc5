package dev.weir.store.bootstrap;

import dev.weir.store.snapshot.Transfer;

/**
 * State on its way to this node.
 *
 * @param shard whose state
 * @param transfer how far it is
 * @param detail what is being done, for people
 */
public record Arrival(int shard, Transfer transfer, String detail) {}
