package dev.weir.store.write;

import dev.weir.store.Document;
import dev.weir.store.Key;
import dev.weir.store.Position;
import dev.weir.store.Version;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** How the values of a shard's state are written. */
public final class StateValues {
  private static final int HEADER = 20;

  private StateValues() {}

  /** A count, watermark or number. */
  public static byte[] number(long number) {
    return ByteBuffer.allocate(8).putLong(number).array();
  }

  /** Reads {@link #number(long)}. */
  public static long number(byte @Nullable [] stored, long ifAbsent) {
    return stored == null ? ifAbsent : ByteBuffer.wrap(stored).getLong();
  }

  /** A document: generation, offset, timestamp, then the value. */
  public static byte[] document(Version version, long timestamp, byte[] value) {
    return ByteBuffer.allocate(HEADER + value.length)
        .putInt(version.generation())
        .putLong(version.offset())
        .putLong(timestamp)
        .put(value)
        .array();
  }

  /** Reads {@link #document(Version, long, byte[])}. */
  public static Document document(Key key, byte[] stored) {
    ByteBuffer header = ByteBuffer.wrap(stored);
    Version version = new Version(header.getInt(), header.getLong());
    long timestamp = header.getLong();
    return new Document(key, Arrays.copyOfRange(stored, HEADER, stored.length), version, timestamp);
  }

  /** A version. */
  public static byte[] version(Version version) {
    return ByteBuffer.allocate(12).putInt(version.generation()).putLong(version.offset()).array();
  }

  /** A {@link #version(Version)}, or that of a {@link #document(Version, long, byte[])}. */
  public static Version version(byte[] stored) {
    ByteBuffer header = ByteBuffer.wrap(stored);
    return new Version(header.getInt(), header.getLong());
  }

  /** The value alone of {@link #document(Version, long, byte[])}. */
  public static byte[] value(byte[] stored) {
    return Arrays.copyOfRange(stored, HEADER, stored.length);
  }

  /** A position. */
  public static byte[] position(Position position) {
    return ByteBuffer.allocate(32)
        .putLong(position.logId().getMostSignificantBits())
        .putLong(position.logId().getLeastSignificantBits())
        .putInt(position.generation())
        .putLong(position.offset())
        .putInt(position.leaderEpoch())
        .array();
  }

  /** Reads {@link #position(Position)}. */
  public static Position position(byte[] stored) {
    ByteBuffer in = ByteBuffer.wrap(stored);
    return new Position(
        new Uuid(in.getLong(), in.getLong()), in.getInt(), in.getLong(), in.getInt());
  }
}
