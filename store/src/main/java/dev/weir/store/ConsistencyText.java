package dev.weir.store;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words for levels, the same in URLs, headers, definitions and on the command line. */
final class ConsistencyText {
  private static final String BOUNDED = "bounded";
  private static final String MAX_AGE = "max-age=";
  private static final String MAX_RECORDS = "max-records=";
  private static final Pattern AGE = Pattern.compile("([0-9]{1,9})(ms|s|m)");
  private static final Pattern RECORDS = Pattern.compile("[0-9]{1,15}");
  private static final List<Consistency> PLAIN =
      List.of(Consistency.STRONG, Consistency.SESSION, Consistency.EVENTUAL);

  private ConsistencyText() {}

  static Consistency parse(String text) {
    for (Consistency level : PLAIN) {
      if (level.text().equals(text)) {
        return level;
      }
    }
    String[] parts = text.split(";", -1);
    if (!parts[0].equals(BOUNDED) || parts.length == 1) {
      throw wrong();
    }
    Duration maxAge = null;
    long maxRecords = Consistency.Bounded.ANY;
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip();
      if (part.startsWith(MAX_AGE) && maxAge == null) {
        maxAge = age(part.substring(MAX_AGE.length()));
      } else if (part.startsWith(MAX_RECORDS) && maxRecords == Consistency.Bounded.ANY) {
        maxRecords = records(part.substring(MAX_RECORDS.length()));
      } else {
        throw wrong();
      }
    }
    return new Consistency.Bounded(maxAge, maxRecords);
  }

  private static Duration age(String text) {
    Matcher matcher = AGE.matcher(text);
    if (!matcher.matches()) {
      throw wrong();
    }
    long number = Long.parseLong(matcher.group(1));
    Duration age =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          default -> Duration.ofMinutes(number);
        };
    if (age.isZero()) {
      throw wrong();
    }
    return age;
  }

  private static long records(String text) {
    if (!RECORDS.matcher(text).matches()) {
      throw wrong();
    }
    return Long.parseLong(text);
  }

  static String of(Consistency.Bounded bounded) {
    return of(bounded.maxAge(), bounded.maxRecords());
  }

  private static String of(@Nullable Duration maxAge, long maxRecords) {
    StringBuilder text = new StringBuilder(BOUNDED);
    if (maxAge != null) {
      text.append(';').append(MAX_AGE).append(Math.max(1, maxAge.toMillis())).append("ms");
    }
    if (maxRecords != Consistency.Bounded.ANY) {
      text.append(';').append(MAX_RECORDS).append(maxRecords);
    }
    return text.toString();
  }

  private static IllegalArgumentException wrong() {
    return new IllegalArgumentException(
        "write strong, session, eventual, or bounded with a bound or two, such as"
            + " bounded;max-age=500ms or bounded;max-age=2s;max-records=100");
  }
}
