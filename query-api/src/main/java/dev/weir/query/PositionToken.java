package dev.weir.query;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;

/**
 * How far an answer had seen, as clients carry it: the positions of the shards that were asked.
 *
 * <p>Text: {@code 1.<generation>.<first 8 characters of the log id>.<offsets>}, the offsets as
 * base64url of numbers with 7 bits a byte: for each shard, in their order, how many shards lie
 * between it and the one before, and its offset + 1. To clients it is opaque. A token takes about 7
 * characters a shard.
 *
 * @param generation of the log
 * @param logId first 8 characters of the log's id, which tell logs of one name apart
 * @param offsets last folded offset by shard; -1 = nothing folded yet
 */
public record PositionToken(int generation, String logId, SortedMap<Integer, Long> offsets) {
  /** The longest text that is given out, in characters: what fits into a header field. */
  public static final int MAX_LENGTH = 4096;

  private static final String FORMAT = "1";
  private static final int LOG_ID = 8;
  private static final int MAX_SHARD = 1 << 20;

  public PositionToken {
    offsets = new TreeMap<>(offsets);
  }

  /**
   * The token of an answer.
   *
   * @param sources at least one
   */
  public static PositionToken of(List<Result.Source> sources) {
    SortedMap<Integer, Long> offsets = new TreeMap<>();
    for (Result.Source source : sources) {
      offsets.merge(source.shard(), source.position().offset(), Math::max);
    }
    var first = sources.get(0).position();
    return new PositionToken(first.generation(), shorten(first.logId()), offsets);
  }

  /** Offset that an answer of a shard must have seen; -1 = any will do. */
  public long floor(int shard) {
    return offsets.getOrDefault(shard, -1L);
  }

  /** Both together: the further position of every shard; empty if they are of different logs. */
  public Optional<PositionToken> and(PositionToken other) {
    if (generation != other.generation || !logId.equals(other.logId)) {
      return Optional.empty();
    }
    SortedMap<Integer, Long> both = new TreeMap<>(offsets);
    other.offsets.forEach((shard, offset) -> both.merge(shard, offset, Math::max));
    return Optional.of(new PositionToken(generation, logId, both));
  }

  /** Why this token says nothing about a log; empty = it belongs to it. */
  public Optional<String> foreignTo(Uuid log, int ofGeneration, int shards) {
    if (!logId.equals(shorten(log))) {
      return Optional.of("it belongs to another application, or to a log that was replaced");
    }
    if (generation != ofGeneration) {
      return Optional.of("it belongs to another division of the shards");
    }
    return !offsets.isEmpty() && offsets.lastKey() >= shards
        ? Optional.of("it names a shard that there is not")
        : Optional.empty();
  }

  /** The text that {@link #parse} reads. */
  public String text() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(8 * offsets.size());
    int next = 0;
    for (var entry : offsets.entrySet()) {
      write(entry.getKey() - next, bytes);
      write(entry.getValue() + 1, bytes);
      next = entry.getKey() + 1;
    }
    String packed = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    return FORMAT + '.' + generation + '.' + logId + '.' + packed;
  }

  private static void write(long number, ByteArrayOutputStream out) {
    long rest = number;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /** Reads {@link #text}; empty if it is not one. */
  public static Optional<PositionToken> parse(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4
        || !parts[0].equals(FORMAT)
        || parts[2].length() != LOG_ID
        || text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      int generation = Integer.parseInt(parts[1]);
      PositionToken token =
          new PositionToken(generation, parts[2], offsets(Base64.getUrlDecoder().decode(parts[3])));
      // One text for one token: whatever else would decode was not given out.
      return generation >= 0 && token.text().equals(text) ? Optional.of(token) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Reads one token or several with commas between them, as one.
   *
   * @return empty if one is none, or if they are of different logs
   */
  public static Optional<PositionToken> parseAll(String text) {
    Optional<PositionToken> all = Optional.empty();
    for (String each : text.split(",", -1)) {
      Optional<PositionToken> token = parse(each.strip());
      if (token.isEmpty()) {
        return token;
      }
      all = all.isEmpty() ? token : all.get().and(token.get());
      if (all.isEmpty()) {
        return all;
      }
    }
    return all;
  }

  private static SortedMap<Integer, Long> offsets(byte[] bytes) {
    SortedMap<Integer, Long> offsets = new TreeMap<>();
    int at = 0;
    long shard = -1;
    while (at < bytes.length) {
      long[] gap = read(bytes, at);
      long[] offset = read(bytes, (int) gap[1]);
      shard += gap[0] + 1;
      if (gap[0] > MAX_SHARD || shard > MAX_SHARD) {
        throw new IllegalArgumentException("a shard out of range");
      }
      offsets.put((int) shard, offset[0] - 1);
      at = (int) offset[1];
    }
    if (offsets.isEmpty()) {
      throw new IllegalArgumentException("no shard");
    }
    return offsets;
  }

  /** A number and where the next one begins. */
  private static long[] read(byte[] bytes, int start) {
    long value = 0;
    int at = start;
    for (int shift = 0; shift < 63 && at < bytes.length; shift += 7) {
      byte next = bytes[at++];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return new long[] {value, at};
      }
    }
    throw new IllegalArgumentException("cut short");
  }

  private static String shorten(Uuid logId) {
    return logId.toString().substring(0, LOG_ID);
  }
}
