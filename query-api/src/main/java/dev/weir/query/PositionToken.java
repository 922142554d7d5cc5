package dev.weir.query;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;

/**
 * How far an answer had seen, as clients carry it: the positions of the shards that were asked.
 *
 * <p>Text: {@code 1.<generation>.<first 8 characters of the log id>.<shard>:<offset>,...}, ordered
 * by shard. To clients it is opaque.
 *
 * @param generation of the log
 * @param logId first 8 characters of the log's id, which tell logs of one name apart
 * @param offsets last folded offset by shard; -1 = nothing folded yet
 */
public record PositionToken(int generation, String logId, SortedMap<Integer, Long> offsets) {
  private static final String FORMAT = "1";
  private static final int LOG_ID = 8;

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
      offsets.put(source.shard(), source.position().offset());
    }
    var first = sources.get(0).position();
    return new PositionToken(first.generation(), shorten(first.logId()), offsets);
  }

  /** Offset that an answer of a shard must have seen; -1 = any will do. */
  public long floor(int shard) {
    return offsets.getOrDefault(shard, -1L);
  }

  /** Why this token says nothing about a log; empty = it belongs to it. */
  public Optional<String> foreignTo(Uuid log, int ofGeneration, int shards) {
    if (!logId.equals(shorten(log))) {
      return Optional.of("it belongs to another application, or to a log that was replaced");
    }
    if (generation != ofGeneration) {
      return Optional.of("it is from before the shards were divided anew");
    }
    return !offsets.isEmpty() && offsets.lastKey() >= shards
        ? Optional.of("it names a shard that there is not")
        : Optional.empty();
  }

  /** The text that {@link #parse} reads. */
  public String text() {
    StringBuilder text = new StringBuilder(32);
    text.append(FORMAT).append('.').append(generation).append('.').append(logId).append('.');
    String separator = "";
    for (var entry : offsets.entrySet()) {
      text.append(separator).append(entry.getKey()).append(':').append(entry.getValue());
      separator = ",";
    }
    return text.toString();
  }

  /** Reads {@link #text}; empty if it is not one. */
  public static Optional<PositionToken> parse(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4 || !parts[0].equals(FORMAT) || parts[2].length() != LOG_ID) {
      return Optional.empty();
    }
    try {
      int generation = Integer.parseInt(parts[1]);
      SortedMap<Integer, Long> offsets = new TreeMap<>();
      for (String entry : parts[3].split(",", -1)) {
        int colon = entry.indexOf(':');
        int shard = Integer.parseInt(entry.substring(0, Math.max(0, colon)));
        long offset = Long.parseLong(entry.substring(colon + 1));
        if (shard < 0 || offset < -1 || offsets.put(shard, offset) != null) {
          return Optional.empty();
        }
      }
      return generation < 0
          ? Optional.empty()
          : Optional.of(new PositionToken(generation, parts[2], offsets));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static String shorten(Uuid logId) {
    return logId.toString().substring(0, LOG_ID);
  }
}
