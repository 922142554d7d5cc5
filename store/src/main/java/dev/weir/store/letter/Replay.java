package dev.weir.store.letter;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of a wish to send a letter again. */
public sealed interface Replay {

  /**
   * It is in the topic that it came from.
   *
   * @param offset of the new record
   */
  record Done(String topic, int partition, long offset) implements Replay {}

  /** There is no such letter. */
  record Unknown() implements Replay {}

  /** It was sent again before: say that it is to be sent once more. */
  record Before() implements Replay {}

  /** A part of it was too large to be kept, and is to be given. */
  record Incomplete(String part) implements Replay {}

  /**
   * What is sent instead of what the letter holds.
   *
   * @param key empty = as it was
   * @param value empty = as it was
   * @param again whether it is sent although it was sent again before
   */
  record Correction(Optional<Part> key, Optional<Part> value, boolean again) {
    /** Everything as it was. */
    public static final Correction NONE = new Correction(Optional.empty(), Optional.empty(), false);
  }

  /**
   * Key or value of a record.
   *
   * @param bytes shared, do not modify; null = none
   */
  record Part(byte @Nullable [] bytes) {}
}
