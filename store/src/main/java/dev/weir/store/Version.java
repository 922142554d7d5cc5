package dev.weir.store;

import java.util.Optional;

/**
 * Which log record made a document: its identity for conditional requests.
 *
 * @param generation number of the log, from 0
 * @param offset offset of the record in the shard's log partition, from 0
 */
public record Version(int generation, long offset) {

  /** {@code generation-offset}; the text of a strong ETag (RFC 9110) without its quotes. */
  public String text() {
    return generation + "-" + offset;
  }

  /** Reads {@link #text}; empty if it is not one. */
  public static Optional<Version> parse(String text) {
    int dash = text.indexOf('-');
    try {
      int generation = Integer.parseInt(text.substring(0, Math.max(dash, 0)));
      long offset = Long.parseLong(text.substring(dash + 1));
      return generation < 0 || offset < 0
          ? Optional.empty()
          : Optional.of(new Version(generation, offset));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
