package dev.weir.store.truncation;

import java.io.IOException;
import java.util.OptionalLong;

/** Knows the snapshots that a shard's state can be rebuilt from. */
@FunctionalInterface
public interface SoundSnapshots {

  /**
   * Offset of the last record in the newest snapshot of a shard that was read back and found sound;
   * empty if there is none. Blocks.
   *
   * @throws IOException if the repository cannot be read
   */
  OptionalLong newest(int shard) throws IOException;
}
