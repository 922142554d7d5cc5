package dev.weir.query.graphql.types;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The forms of dates and times in RFC 3339, which JSON Schema's formats name. */
final class Rfc3339 {
  private static final Pattern DATE = Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})");
  private static final Pattern TIME =
      Pattern.compile(
          "([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]{1,30})?"
              + "([zZ]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])");
  private static final int DATE_LENGTH = 10;

  private Rfc3339() {}

  /** Whether a text is a day of the calendar. */
  static boolean isDate(String text) {
    Matcher parts = DATE.matcher(text);
    if (!parts.matches()) {
      return false;
    }
    try {
      LocalDate unused =
          LocalDate.of(
              Integer.parseInt(parts.group(1)),
              Integer.parseInt(parts.group(2)),
              Integer.parseInt(parts.group(3)));
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** Whether a text is a day and a time of it with its distance from UTC. */
  static boolean isDateTime(String text) {
    return text.length() > DATE_LENGTH
        && (text.charAt(DATE_LENGTH) == 'T' || text.charAt(DATE_LENGTH) == 't')
        && isDate(text.substring(0, DATE_LENGTH))
        && TIME.matcher(text.substring(DATE_LENGTH + 1)).matches();
  }
}
