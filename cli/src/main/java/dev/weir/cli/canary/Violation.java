package dev.weir.cli.canary;

import java.util.Locale;

/** How an answer can break a promise. */
enum Violation {
  /** An acknowledged write is not there, however often and wherever it is read. */
  LOST_WRITE,
  /** A strong read shows less than was acknowledged, or seen, before it began. */
  STALE_STRONG_READ,
  /** A read shows less than the same session has written or seen before. */
  SESSION_WENT_BACK,
  /** A bounded read lacks a write that was acknowledged longer ago than its bound. */
  BOUND_EXCEEDED,
  /** A read shows what nobody has written. */
  UNKNOWN_VALUE;

  /** As metrics and lines name it. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
