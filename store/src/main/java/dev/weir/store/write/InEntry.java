package dev.weir.store.write;

import dev.weir.store.Version;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What the shard of an edge's target keeps of the edge: the offset in its own log at which it last
 * heard of it, and then the edge as {@link StateValues#document(Version, long, byte[])} writes it.
 * Offsets of the edge itself count in the log of another shard, and tell nothing about before and
 * after here.
 */
public final class InEntry {
  private static final int ARRIVAL = 8;

  private InEntry() {}

  static byte[] encode(long arrival, Version version, long timestamp, byte[] value) {
    byte[] edge = StateValues.document(version, timestamp, value);
    return ByteBuffer.allocate(ARRIVAL + edge.length).putLong(arrival).put(edge).array();
  }

  /** The offset in this shard's log at which it last heard of the edge. */
  public static long arrival(byte[] stored) {
    return ByteBuffer.wrap(stored).getLong();
  }

  /** The edge as a stored document. */
  public static byte[] edge(byte[] stored) {
    return Arrays.copyOfRange(stored, ARRIVAL, stored.length);
  }

  static Version version(byte[] stored) {
    ByteBuffer in = ByteBuffer.wrap(stored, ARRIVAL, stored.length - ARRIVAL);
    return new Version(in.getInt(), in.getLong());
  }
}
