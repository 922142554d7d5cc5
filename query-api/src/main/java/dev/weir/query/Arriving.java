package dev.weir.query;

import java.util.OptionalLong;

/**
 * The state of a shard on its way to a node.
 *
 * @param shard number of the shard
 * @param source where it comes from, for people; empty = nobody was asked yet
 * @param bytes that it has; 0 = not known yet
 * @param arrived of these
 * @param bytesPerSecond that come on average; 0 = none have come
 * @param detail what is being done
 * @param offset of the last record in it; -1 = none, or not known yet
 */
public record Arriving(
    int shard,
    String source,
    long bytes,
    long arrived,
    long bytesPerSecond,
    String detail,
    long offset) {

  /** How long the rest takes at this rate, in seconds; empty = not known. */
  public OptionalLong secondsLeft() {
    return bytes == 0 || bytesPerSecond == 0
        ? OptionalLong.empty()
        : OptionalLong.of((bytes - arrived + bytesPerSecond - 1) / bytesPerSecond);
  }
}
