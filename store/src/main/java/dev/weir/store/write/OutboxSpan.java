package dev.weir.store.write;

import java.nio.ByteBuffer;

/**
 * Which outbox entries there are for one target: {@code first .. last}, none if {@code first} is
 * above {@code last}.
 *
 * @param first the lowest number still there
 * @param last the newest number given
 */
public record OutboxSpan(long first, long last) {
  static final OutboxSpan EMPTY = new OutboxSpan(1, 0);

  byte[] encode() {
    return ByteBuffer.allocate(16).putLong(first).putLong(last).array();
  }

  /** Reads what the fold has stored. */
  public static OutboxSpan decode(byte[] stored) {
    ByteBuffer in = ByteBuffer.wrap(stored);
    return new OutboxSpan(in.getLong(), in.getLong());
  }
}
