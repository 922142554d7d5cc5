package dev.weir.graph.engine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a shard tells all shards at the end of a superstep. All of them hear the same, so all of
 * them come to the same conclusion without asking anybody.
 *
 * @param superstep that it has ended
 * @param source the shard
 * @param frames how many frames it has sent to each shard
 * @param aggregates its part of each aggregate
 * @param tally what it has counted
 * @param stop whether it wants the run to end, and why
 * @param reason of a stop, for a person
 * @param keep whether all are to keep their states before they go on
 */
record Announcement(
    int superstep,
    int source,
    int[] frames,
    long[] aggregates,
    Tally tally,
    Stop stop,
    String reason,
    boolean keep) {

  private static final byte VERSION = 1;

  /** Why a shard wants a run to end. */
  enum Stop {
    NO(0),
    CANCELLED(1),
    FAILED(2);

    private final int code;

    Stop(int code) {
      this.code = code;
    }

    private static Stop of(long code) {
      for (Stop stop : values()) {
        if (stop.code == code) {
          return stop;
        }
      }
      throw new IllegalArgumentException("there is no reason to stop with number " + code);
    }
  }

  /**
   * Counts of one shard, or of several.
   *
   * @param computed vertices computed
   * @param awake vertices that do not sleep
   * @param waking messages that wake somebody
   * @param messages all messages, after combining
   * @param bytes that they take
   */
  record Tally(long computed, long awake, long waking, long messages, long bytes) {

    static final Tally NONE = new Tally(0, 0, 0, 0, 0);

    Tally plus(Tally other) {
      return new Tally(
          computed + other.computed,
          awake + other.awake,
          waking + other.waking,
          messages + other.messages,
          bytes + other.bytes);
    }
  }

  byte[] write() {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    byte[] bytes =
        new byte[2 + Varint.MOST * (11 + frames.length + aggregates.length) + text.length];
    bytes[0] = VERSION;
    int at = 1;
    long[] head = {superstep, source, stop.code, frames.length, aggregates.length};
    long[] counts = {
      tally.computed, tally.awake, tally.waking, tally.messages, tally.bytes, text.length
    };
    at = write(bytes, at, head);
    at = write(bytes, at, Arrays.stream(frames).asLongStream().toArray());
    at = write(bytes, at, aggregates);
    at = write(bytes, at, counts);
    System.arraycopy(text, 0, bytes, at, text.length);
    at += text.length;
    // Behind what the first version knows, which does not look there.
    bytes[at++] = (byte) (keep ? 1 : 0);
    return Arrays.copyOf(bytes, at);
  }

  private static int write(byte[] bytes, int at, long[] numbers) {
    int end = at;
    for (long number : numbers) {
      end = Varint.write(bytes, end, number);
    }
    return end;
  }

  static Announcement read(byte[] bytes) {
    FrameReader reader = new FrameReader(bytes);
    byte version = reader.next();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "an announcement of version " + version + ", not " + VERSION);
    }
    int superstep = (int) reader.varint();
    int source = (int) reader.varint();
    Stop stop = Stop.of(reader.varint());
    int shards = (int) reader.varint();
    int parts = (int) reader.varint();
    int[] frames = Arrays.stream(read(reader, shards)).mapToInt(Math::toIntExact).toArray();
    long[] aggregates = read(reader, parts);
    long[] counts = read(reader, 5);
    byte[] text = new byte[(int) reader.varint()];
    for (int i = 0; i < text.length; i++) {
      text[i] = reader.next();
    }
    Tally tally = new Tally(counts[0], counts[1], counts[2], counts[3], counts[4]);
    String reason = new String(text, StandardCharsets.UTF_8);
    boolean keep = reader.hasMore() && reader.next() == 1;
    return new Announcement(superstep, source, frames, aggregates, tally, stop, reason, keep);
  }

  private static long[] read(FrameReader reader, int count) {
    long[] numbers = new long[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = reader.varint();
    }
    return numbers;
  }
}
