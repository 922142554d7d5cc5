package dev.weir.store.ingest;

import java.util.Locale;

/** What became of a record of a source; the label {@code outcome} of its metric. */
public enum RecordOutcome {
  /** The log has it. */
  APPENDED,
  /** The dead letters have it. */
  DEAD_LETTER,
  /** It means nothing. */
  SKIPPED,
  /** It left the source topic before it was read, and that was accepted. */
  LOST;

  /** Stable name in metrics. */
  public String text() {
    return name().replace('_', '-').toLowerCase(Locale.ROOT);
  }
}
