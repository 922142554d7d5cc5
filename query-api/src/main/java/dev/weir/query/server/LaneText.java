package dev.weir.query.server;

import dev.weir.query.http.HttpSettings.Queue;
import dev.weir.query.http.Lane;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The bounds of a lane as a setting says them: {@code 32/256/500ms}. */
final class LaneText {
  /** Which setting bounds which lane. */
  static final Map<Lane, Setting> SETTINGS =
      new EnumMap<>(
          Map.of(
              Lane.BATCH, Setting.LANES_BATCH,
              Lane.SCATTER, Setting.LANES_SCAN,
              Lane.GRAPHQL, Setting.LANES_GRAPHQL,
              Lane.WRITE, Setting.LANES_WRITE,
              Lane.OTHER, Setting.LANES_OTHER));

  /** What is wrong with anything else. */
  static final String ADVICE =
      "write how many run at once (1 to 100000), how many wait, and for how long (1ms to 60s), as"
          + " in 32/256/500ms";

  /** What is wrong with a time that is none. */
  static final String TIME_ADVICE = "give a time from 1ms to 60s, such as 100ms";

  private static final int MOST = 100_000;
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Pattern TIME = Pattern.compile("([0-9]{1,5})(ms|s)");
  private static final Pattern FORM = Pattern.compile("([0-9]{1,6})/([0-9]{1,6})/([0-9]{1,5}m?s)");

  private LaneText() {}

  /**
   * Reads the bounds.
   *
   * @throws IllegalArgumentException if they are none
   */
  static Queue parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    int running = Integer.parseInt(matcher.group(1));
    int waiting = Integer.parseInt(matcher.group(2));
    if (running < 1 || running > MOST || waiting > MOST) {
      throw new IllegalArgumentException(text);
    }
    return new Queue(running, waiting, time(matcher.group(3)));
  }

  /**
   * Reads a time.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Duration time(String text) {
    Matcher matcher = TIME.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    long number = Long.parseLong(matcher.group(1));
    Duration time =
        matcher.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
    if (time.isZero() || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(text);
    }
    return time;
  }

  /** Bounds as {@link #parse} reads them. */
  static String text(Queue queue) {
    return queue.running() + "/" + queue.waiting() + "/" + text(queue.patience());
  }

  /** A time as {@link #time} reads it. */
  static String text(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
  }
}
