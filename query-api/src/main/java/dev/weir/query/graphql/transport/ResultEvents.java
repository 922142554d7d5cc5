package dev.weir.query.graphql.transport;

import dev.weir.query.Flow;
import dev.weir.query.graphql.execution.Results;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Results as server-sent events: the protocol graphql-sse, distinct connections mode. */
final class ResultEvents implements Flow {
  private static final byte[] NEXT = ascii("event: next\ndata: ");
  private static final byte[] END = ascii("\n\n");

  /** A browser tells nobody of an event without data. */
  private static final byte[] COMPLETE = ascii("event: complete\ndata: \n\n");

  private static final byte[] BEAT = ascii(":\n\n");
  private static final byte[] ERRORS = ascii("{\"errors\":");

  private final Results results;
  private boolean over;

  ResultEvents(Results results) {
    this.results = results;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public byte @Nullable [] next() {
    if (over) {
      return null;
    }
    Results.Result result = results.next();
    if (result != null) {
      return event(result);
    }
    over = results.isOver();
    return over ? COMPLETE.clone() : null;
  }

  private static byte[] event(Results.Result result) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(result.json().length + 40);
    out.writeBytes(NEXT);
    if (result.isRefusal()) {
      out.writeBytes(ERRORS);
    }
    // A line break within JSON is white space, but would end the field.
    for (byte each : result.json()) {
      out.write(each == '\n' || each == '\r' ? ' ' : each);
    }
    if (result.isRefusal()) {
      out.write('}');
    }
    out.writeBytes(END);
    return out.toByteArray();
  }

  @Override
  public boolean isOver() {
    return over;
  }

  @Override
  public byte[] beat() {
    return BEAT.clone();
  }

  @Override
  public void whenReady(Runnable action) {
    results.whenReady(action);
  }

  @Override
  public void close() {
    results.close();
  }
}
