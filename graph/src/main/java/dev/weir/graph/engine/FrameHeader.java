package dev.weir.graph.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What every frame of messages begins with. The sequence has a fixed place, because it is known
 * last: when the frame is sent.
 *
 * @param superstep in which it was sent
 * @param source shard that sent it
 * @param sequence of all frames from source to target in this superstep, from 0
 * @param channel whose messages it holds
 */
record FrameHeader(int superstep, int source, int sequence, int channel) {

  private static final VarHandle SEQUENCE =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int SEQUENCE_AT = 1;
  private static final int REST_AT = SEQUENCE_AT + Integer.BYTES;

  /** The most bytes of a header. */
  static final int MOST = REST_AT + 3 * Varint.MOST;

  /** Of the format; another one is refused. */
  private static final byte VERSION = 2;

  /** Writes it to the beginning and answers where it ends. */
  int write(byte[] bytes) {
    bytes[0] = VERSION;
    setSequence(bytes, sequence);
    int at = Varint.write(bytes, REST_AT, superstep);
    at = Varint.write(bytes, at, source);
    return Varint.write(bytes, at, channel);
  }

  /** Changes the sequence of a frame. */
  static void setSequence(byte[] frame, int sequence) {
    SEQUENCE.set(frame, SEQUENCE_AT, sequence);
  }

  /** Reads it and leaves the reader at the first entry. */
  static FrameHeader read(FrameReader reader) {
    byte version = reader.next();
    if (version != VERSION) {
      throw new IllegalArgumentException("a frame of version " + version + ", not " + VERSION);
    }
    int sequence = reader.fixedInt(SEQUENCE);
    return new FrameHeader(
        (int) reader.varint(), (int) reader.varint(), sequence, (int) reader.varint());
  }
}
