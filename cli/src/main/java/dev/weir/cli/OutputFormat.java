package dev.weir.cli;

import java.util.Locale;

/** For whom a command prints. */
public enum OutputFormat {
  /** For people: aligned columns. */
  TABLE,
  /** For programs: JSON, one value a line. */
  JSON;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
