package dev.weir.store.write;

import dev.weir.store.Version;
import java.nio.ByteBuffer;

/**
 * Which changes of a collection a shard's state still has.
 *
 * @param since the record that made the collection keep its changes
 * @param from offset from which on no change is missing
 */
public record KeptChanges(Version since, long from) {

  /** Nothing is missing from the very record on that has them kept. */
  static KeptChanges beginning(Version at) {
    return new KeptChanges(at, at.offset());
  }

  /** The same, with older ones given up. */
  KeptChanges from(long offset) {
    return new KeptChanges(since, offset);
  }

  /** As the state holds it. */
  byte[] encode() {
    return ByteBuffer.allocate(20).put(StateValues.version(since)).putLong(from).array();
  }

  /** Reads {@link #encode}. */
  public static KeptChanges decode(byte[] stored) {
    return new KeptChanges(StateValues.version(stored), ByteBuffer.wrap(stored).getLong(12));
  }
}
