package dev.weir.graph.engine;

import java.util.Iterator;
import java.util.List;

/** What one shard has sent to another one in a step, entry by entry. Confined to one thread. */
public final class Entries {

  private final Iterator<byte[]> frames;
  private FrameReader reader = new FrameReader(new byte[0]);

  Entries(List<byte[]> frames) {
    this.frames = frames.iterator();
  }

  /** Whether there is a further entry. */
  public boolean hasMore() {
    while (!reader.hasMore() && frames.hasNext()) {
      reader = new FrameReader(frames.next());
      FrameHeader.read(reader);
    }
    return reader.hasMore();
  }

  /** The next number of the entry. */
  public long number() {
    return reader.signed();
  }

  /** The next double of the entry. */
  public double bits() {
    return Double.longBitsToDouble(reader.fixed());
  }

  /** The next bytes of the entry. */
  public byte[] bytes() {
    return reader.counted();
  }

  /** Writes entries for one shard: their parts one by one, then the end. */
  public static final class Writer {
    private final FrameWriter out;

    Writer(FrameWriter out) {
      this.out = out;
    }

    /** Adds a number. */
    public Writer number(long number) {
      out.number(number);
      return this;
    }

    /** Adds a double. */
    public Writer bits(double number) {
      out.bits(number);
      return this;
    }

    /** Adds bytes. */
    public Writer bytes(byte[] source, int from, int to) {
      out.bytes(source, from, to);
      return this;
    }

    /** Ends the entry. */
    public void end() {
      out.endEntry();
    }
  }
}
