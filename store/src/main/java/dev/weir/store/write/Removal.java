package dev.weir.store.write;

import dev.weir.store.GraphQuery.Side;
import dev.weir.store.Version;
import java.nio.ByteBuffer;

/**
 * What is left of the removal of a deleted vertex's edges on one side.
 *
 * @param collection id of the edge type
 * @param side of the vertex
 * @param since the record that deleted the vertex: what is older goes
 * @param time of that record, milliseconds since the epoch
 * @param vertex what the keys of its edges, or in-entries, begin with
 * @param from where the next step begins, as a state key
 */
record Removal(int collection, Side side, Version since, long time, byte[] vertex, byte[] from) {
  static final byte KIND = (byte) 0x80;

  byte[] encode() {
    return ByteBuffer.allocate(30 + vertex.length + from.length)
        .put(KIND)
        .put((byte) (side == Side.OUT ? 0 : 1))
        .putInt(collection)
        .putInt(since.generation())
        .putLong(since.offset())
        .putLong(time)
        .putInt(vertex.length)
        .put(vertex)
        .put(from)
        .array();
  }

  static Removal decode(byte[] task) {
    ByteBuffer in = ByteBuffer.wrap(task, 1, task.length - 1);
    Side side = in.get() == 0 ? Side.OUT : Side.IN;
    int collection = in.getInt();
    Version since = new Version(in.getInt(), in.getLong());
    long time = in.getLong();
    byte[] vertex = new byte[in.getInt()];
    in.get(vertex);
    byte[] from = new byte[in.remaining()];
    in.get(from);
    return new Removal(collection, side, since, time, vertex, from);
  }

  Removal from(byte[] next) {
    return new Removal(collection, side, since, time, vertex, next);
  }
}
