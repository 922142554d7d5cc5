package dev.weir.store.write;

/** What the fold did with a log entry. */
public sealed interface FoldResult {

  /** The entry is part of the state now (even if it changed nothing but the position). */
  record Folded() implements FoldResult {}

  /** The entry was part of the state already; nothing happened. */
  record Repeated() implements FoldResult {}

  /** The entry must not be folded; the state stays at its position until an operator acts. */
  record Stopped(String reason) implements FoldResult {}
}
