package dev.weir.store.bootstrap;

import dev.weir.store.snapshot.ObjectStore;
import java.util.Optional;

/**
 * Where a shard without state may get it.
 *
 * @param replicas whether other nodes are asked
 * @param repository storage of snapshots; not closed with the node
 * @param leastRecords a log with fewer records is folded from its beginning instead
 * @param bytesPerSecond that this node fetches, and as much that it gives; 0 = no limit
 */
public record BootstrapSettings(
    boolean replicas, Optional<ObjectStore> repository, long leastRecords, long bytesPerSecond) {

  /** Nothing is fetched: a shard without state folds its log. */
  public static BootstrapSettings off() {
    return new BootstrapSettings(false, Optional.empty(), Long.MAX_VALUE, 0);
  }

  /** Whether anybody can be asked. */
  public boolean any() {
    return replicas || repository.isPresent();
  }
}
