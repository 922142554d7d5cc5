package dev.weir.store.ingest;

import dev.weir.store.write.LogRecord.Origin;

/** Asks the shards how far they have got with an origin. Safe from any thread. */
public interface Watermarks {

  /**
   * The lowest watermark over all shards, for a partition of a source that has lost its group
   * offset.
   *
   * @return at once or after a bounded wait; never exceptionally
   */
  Answer lowest(Origin origin);

  /** What the shards say. */
  sealed interface Answer {

    /** Some shards cannot be asked now; ask again after a pause. */
    record Unknown(String why) implements Answer {}

    /** No shard has met this origin: it begins. */
    record None() implements Answer {}

    /**
     * At least one shard has met it.
     *
     * @param offset the lowest watermark, where shards that have none count as -1
     */
    record Lowest(long offset) implements Answer {}
  }
}
