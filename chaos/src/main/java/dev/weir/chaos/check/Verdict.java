package dev.weir.chaos.check;

/** What the search for an order came to. */
enum Verdict {
  /** There is an order that explains every answer. */
  EXPLAINED,
  /** No order explains every answer. */
  CONTRADICTED,
  /** The search was given up; the history may be right or wrong. */
  UNDECIDED
}
