package dev.weir.query.http;

import dev.weir.query.Caller;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who sent a request: how long it waits, counted from the request's arrival, and if it left. */
final class Client {
  /** Header: how long the client waits, as in {@code 500ms} or {@code 2s}. */
  static final String TIMEOUT = "Weir-Timeout";

  /** The header as callers see it described. */
  static final Parameter PARAMETER =
      Parameter.header(
          TIMEOUT,
          "How long the client waits, such as `500ms` or `2s`: what is too late by then is not done,"
              + " at any node. The server's own limits hold beside it.");

  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})(ms|s)");

  private final Caller caller = Caller.impatient();
  private final long arrived = System.nanoTime();
  private @Nullable Duration timeout; // set before anybody else knows of it

  /** Takes down how long it says that it waits; null = nothing. */
  void waits(@Nullable String header) throws ProblemException {
    timeout = header == null ? null : parse(header);
  }

  private static Duration parse(String text) throws ProblemException {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new ProblemException(
          Problem.of(
                  ProblemType.INVALID_HEADER,
                  "'%s' must be a whole number with its unit, as in 500ms or 2s, not '%s'."
                      .formatted(TIMEOUT, Texts.shorten(text)))
              .with("header", TIMEOUT));
    }
    long number = Long.parseLong(matcher.group(1));
    return matcher.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
  }

  Caller caller() {
    return caller;
  }

  /** How long it still waits; zero = no more; null = it did not say. */
  @Nullable Duration left() {
    Duration most = timeout;
    if (most == null) {
      return null;
    }
    Duration left = most.minusNanos(System.nanoTime() - arrived);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Whether nobody needs an answer any more. */
  boolean isOver() {
    Duration left = left();
    return caller.gone() || (left != null && left.isZero());
  }

  /** What it hears, should it still be there, when its time is over before the work began. */
  static Problem tooLate() {
    return Problem.of(
        ProblemType.DEADLINE_EXCEEDED,
        "The time in '%s' was over before the request's turn came; nothing was done."
            .formatted(TIMEOUT));
  }
}
