package dev.weir.chaos;

import java.util.Locale;

/**
 * One call of one client, with its answer.
 *
 * @param client that made it; a client makes one call after the other and is one session
 * @param key of the document
 * @param call that was made
 * @param start monotonic time in nanoseconds right before it was sent
 * @param end the same right after the answer had been read, or the client gave up
 * @param answer that came
 */
public record Op(int client, String key, Call call, long start, long end, Answer answer) {

  public Op {
    if (end < start) {
      throw new IllegalArgumentException("it ends before it starts: " + start + ", " + end);
    }
  }

  /** Whether it may have changed the document. */
  public boolean mayWrite() {
    return call.writes()
        && !(answer instanceof Answer.Refused)
        && !(answer instanceof Answer.Mismatch);
  }

  /** Whether it changed the document for certain. */
  public boolean acknowledged() {
    return call.writes() && answer.ok();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%10.1f ..%10.1f ms  client %-2d  %s: %s -> %s",
        start / 1e6,
        end / 1e6,
        client,
        key,
        call,
        answer);
  }
}
