package dev.weir.store.write;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How far a shard has an index.
 *
 * @param built whether it has entries of all documents; only then it is used
 * @param documents that the backfill has passed
 */
public record IndexState(boolean built, long documents) {

  /** Reads {@link #bytes}; what is not there has not begun. */
  public static IndexState read(byte @Nullable [] stored) {
    return stored == null
        ? new IndexState(false, 0)
        : new IndexState(stored[0] == 1, ByteBuffer.wrap(stored).getLong(1));
  }

  /** As it is stored. */
  public byte[] bytes() {
    return ByteBuffer.allocate(9).put((byte) (built ? 1 : 0)).putLong(documents).array();
  }
}
