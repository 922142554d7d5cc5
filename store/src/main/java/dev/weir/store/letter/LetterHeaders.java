package dev.weir.store.letter;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Names of the headers that a dead letter has beside those of its record; all are UTF-8 text. */
public final class LetterHeaders {
  /** What all of them begin with. */
  public static final String PREFIX = "weir.";

  public static final String REASON = "weir.reason";
  public static final String DETAIL = "weir.detail";
  public static final String SOURCE = "weir.source";
  public static final String TOPIC = "weir.topic";
  public static final String PARTITION = "weir.partition";
  public static final String OFFSET = "weir.offset";
  public static final String TIMESTAMP = "weir.timestamp";

  /** What was too large to be kept. */
  public static final String OMITTED = "weir.omitted";

  /** Of a record without key and value that says which letter was replayed. */
  static final String REPLAYED = "weir.replayed";

  /** Of a record in a source's topic: the letter that it was. */
  static final String REPLAY_OF = "weir.replay-of";

  private LetterHeaders() {}

  /** Adds one. */
  public static void add(Headers headers, String name, String text) {
    headers.add(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The newest of a name. */
  static Optional<String> text(Headers headers, String name) {
    Header last = headers.lastHeader(name);
    return last == null || last.value() == null
        ? Optional.empty()
        : Optional.of(new String(last.value(), StandardCharsets.UTF_8));
  }

  /** A number; -1 = there is none. */
  static long number(Headers headers, String name) {
    try {
      return text(headers, name).map(Long::parseLong).orElse(-1L);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
