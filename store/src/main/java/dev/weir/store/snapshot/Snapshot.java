package dev.weir.store.snapshot;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A snapshot in a repository, as its name says.
 *
 * @param shard number of the shard
 * @param created when it was made, to the second
 * @param offset of the last record in it; -1 = none
 */
public record Snapshot(int shard, Instant created, long offset) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Pattern ID = Pattern.compile("([0-9]{8}T[0-9]{6}Z)-([0-9]{1,19}|none)");

  static Snapshot of(Manifest manifest) {
    return new Snapshot(
        manifest.state().shard(), manifest.created(), manifest.state().position().offset());
  }

  /** Its name among those of its shard; names sort by time. */
  public String id() {
    return TIME.format(created)
        + "-"
        + (offset < 0 ? "none" : String.format(Locale.ROOT, "%019d", offset));
  }

  /** Reads {@link #id}; empty if it is none. */
  public static Optional<Snapshot> parse(int shard, String id) {
    Matcher parts = ID.matcher(id);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      String offset = parts.group(2);
      return Optional.of(
          new Snapshot(
              shard,
              TIME.parse(parts.group(1), Instant::from),
              offset.equals("none") ? -1 : Long.parseLong(offset)));
    } catch (DateTimeException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
