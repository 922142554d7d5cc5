package dev.weir.store.streams;

import java.nio.file.Path;
import java.util.Optional;

/** State that a shard gets from elsewhere before it is opened here. Never blocks. */
public interface StateArrivals {

  /** None: a shard without state folds its log from the beginning. */
  static StateArrivals none() {
    return (shard, database) -> Optional.empty();
  }

  /**
   * Called by the stream thread that is about to open a shard of which this node holds no state. If
   * it has arrived, it is put in its place.
   *
   * @param database where the state belongs; there is nothing
   * @return why the shard must wait, to be asked again later; empty = open it
   */
  Optional<String> awaited(int shard, Path database);

  /**
   * Learns that a shard without state cannot be folded: its log has lost its beginning.
   *
   * @return whether its state may come from elsewhere, so that it is worth asking again
   */
  default boolean lacksBeginning(int shard) {
    return false;
  }

  /**
   * Whether the state of a shard ends before its log begins, so that another one is to be had.
   *
   * @param database holds the state; nobody has it open
   */
  default boolean outdated(int shard, Path database) {
    return false;
  }
}
