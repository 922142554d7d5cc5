package dev.weir.cli.canary;

import java.util.Locale;

/** What a read is promised. */
enum Level {
  STRONG,
  SESSION,
  BOUNDED,
  EVENTUAL;

  /** As metrics and lines name it. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
