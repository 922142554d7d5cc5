package dev.weir.graph.kafka;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The key of a record in the topic.
 *
 * @param kind what its value is
 * @param run whose it is
 * @param source shard that sent it
 * @param more whether the value goes on in the source's next record; only of frames
 */
record RecordKey(Kind kind, RunKey run, int source, boolean more) {

  private static final byte VERSION = 1;
  private static final int LENGTH = 28;

  /** What a record is. */
  enum Kind {
    /** A frame of messages, in the partition of the shard that gets it. */
    FRAME(1),

    /** An announcement, in the control partition. */
    ANNOUNCEMENT(2),

    /** Somebody leaves the run, in the control partition; the value says who and why. */
    LEAVING(3),

    /** Something about runs as a whole, in the control partition. */
    EVENT(4);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    private static @Nullable Kind of(int code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      return null;
    }
  }

  byte[] write() {
    return ByteBuffer.allocate(LENGTH)
        .put(VERSION)
        .put((byte) kind.code)
        .putLong(run.run().getMostSignificantBits())
        .putLong(run.run().getLeastSignificantBits())
        .putInt(run.attempt())
        .put((byte) run.phase())
        .putInt(source)
        .put((byte) (more ? 1 : 0))
        .array();
  }

  /** Reads a key; null if it is none, or of a later version. */
  static @Nullable RecordKey read(byte @Nullable [] bytes) {
    if (bytes == null || bytes.length != LENGTH || bytes[0] != VERSION) {
      return null;
    }
    Kind kind = Kind.of(bytes[1]);
    if (kind == null) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 2, LENGTH - 2);
    UUID run = new UUID(buffer.getLong(), buffer.getLong());
    RunKey key = new RunKey(run, buffer.getInt(), buffer.get() & 0xFF);
    return new RecordKey(kind, key, buffer.getInt(), buffer.get() == 1);
  }
}
