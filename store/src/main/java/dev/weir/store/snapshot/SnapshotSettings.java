package dev.weir.store.snapshot;

import java.time.Duration;
import java.util.Optional;

/**
 * How a node makes snapshots.
 *
 * @param store where they are kept; closed with the node's snapshots
 * @param every how often, for each shard that the node is the active of; empty = only on demand
 * @param retention what is kept
 */
public record SnapshotSettings(ObjectStore store, Optional<Duration> every, Retention retention) {}
