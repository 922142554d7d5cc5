package dev.weir.graph.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Packs published values and lists of one channel for one shard into frames. A frame begins with a
 * {@link FrameHeader}; entries follow to its end. Confined to one thread.
 */
final class FrameWriter {

  /** A frame is closed once it is this long: well below what Kafka takes as one record. */
  static final int FULL = 512 * 1024;

  static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int FIRST = 256;
  private static final int MOST_OF_AN_ENTRY = 24;

  /** Takes frames, and numbers them; the array is given away. */
  interface Sink {
    void accept(byte[] frame);
  }

  private final int superstep;
  private final int source;
  private final int channel;
  private final Sink sink;
  private byte[] bytes = new byte[FIRST];
  private int length;
  private int previous;
  private long entries;

  FrameWriter(int superstep, int source, int channel, Sink sink) {
    this.superstep = superstep;
    this.source = source;
    this.channel = channel;
    this.sink = sink;
  }

  /** Adds an entry: a vertex, by its place in the sending shard, and a word. Places ascend. */
  void word(int place, long word) {
    begin();
    varint(place - previous);
    previous = place;
    varint(zigzag(word));
    end();
  }

  /** Adds an entry: who sent a list, who in the target shard gets it, and the list. */
  void list(int sender, int first, int[] addressees, int from, int to, long[] list, int size) {
    begin();
    ensure(MOST_OF_AN_ENTRY + 5 * (to - from) + 10 * size);
    varint(sender);
    varint(to - from);
    int before = first;
    for (int i = from; i < to; i++) {
      varint(addressees[i] - before);
      before = addressees[i];
    }
    varint(size);
    long last = 0;
    for (int i = 0; i < size; i++) {
      varint(zigzag(list[i] - last));
      last = list[i];
    }
    entries += to - from - 1;
    end();
  }

  /** Adds a number to an entry that is not ended yet; small ones take least space. */
  FrameWriter number(long number) {
    begin();
    varint(zigzag(number));
    return this;
  }

  /** Adds the bits of a double to an entry that is not ended yet. */
  FrameWriter bits(double number) {
    begin();
    WORDS.set(bytes, length, Double.doubleToRawLongBits(number));
    length += Long.BYTES;
    return this;
  }

  /** Adds bytes, and how many they are, to an entry that is not ended yet. */
  FrameWriter bytes(byte[] source, int from, int to) {
    begin();
    ensure(MOST_OF_AN_ENTRY + to - from);
    varint(to - from);
    System.arraycopy(source, from, bytes, length, to - from);
    length += to - from;
    return this;
  }

  /** Ends an entry. */
  void endEntry() {
    end();
  }

  private void begin() {
    if (length == 0) {
      previous = 0;
      ensure(FrameHeader.MOST);
      length = new FrameHeader(superstep, source, 0, channel).write(bytes);
    }
    ensure(MOST_OF_AN_ENTRY);
  }

  private void end() {
    entries++;
    if (length >= FULL) {
      flush();
    }
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }

  private void varint(long value) {
    length = Varint.write(bytes, length, value);
  }

  private static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  /** Sends what is left. */
  void flush() {
    if (length > 0) {
      sink.accept(Arrays.copyOf(bytes, length));
      length = 0;
    }
  }

  /** How many messages went through it. */
  long entries() {
    return entries;
  }
}
