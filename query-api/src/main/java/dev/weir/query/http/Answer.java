package dev.weir.query.http;

import dev.weir.query.Flow;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What a request is answered with.
 *
 * @param status HTTP status
 * @param headers fields beside {@code Content-Type}, in order
 * @param content the body
 */
record Answer(int status, List<Header> headers, Content content) {

  /** A header field. */
  record Header(String name, String value) {}

  /** The body of an answer. */
  sealed interface Content {

    /** No body. */
    record None() implements Content {}

    /**
     * A body at hand.
     *
     * @param type media type
     * @param bytes shared, do not modify
     */
    record Bytes(String type, byte[] bytes) implements Content {}

    /**
     * A body that is made while it is sent.
     *
     * @param type media type
     * @param writer called once, on a thread that may block; never for HEAD
     * @param release called exactly once when the answer is over, sent or not
     */
    record Stream(String type, Writer writer, Runnable release) implements Content {}

    /**
     * A body that goes on for as long as something happens; of direct routes and of event streams.
     *
     * @param type media type
     * @param flow what it is made of
     */
    record Flowing(String type, Flow flow) implements Content {}
  }

  /** Writes a body piece by piece. */
  interface Writer {
    /**
     * Writes all of it.
     *
     * @throws IOException if the client has left, or the body cannot be completed: the connection
     *     is then closed, so that the client sees that something is missing
     */
    void writeTo(OutputStream out) throws IOException;
  }

  private static final Content NONE = new Content.None();

  static Answer empty(int status) {
    return new Answer(status, List.of(), NONE);
  }

  static Answer bytes(int status, String type, byte[] bytes) {
    return new Answer(status, List.of(), new Content.Bytes(type, bytes));
  }

  /** 200 with JSON. */
  static Answer json(Object value) {
    return bytes(200, Json.CONTENT_TYPE, Json.bytes(value));
  }

  static Answer stream(String type, Writer writer, Runnable release) {
    return new Answer(200, List.of(), new Content.Stream(type, writer, release));
  }

  /** 200 with a body that goes on; nobody on the way is to keep it back. */
  static Answer flowing(String type, Flow flow) {
    List<Header> headers =
        List.of(new Header("Cache-Control", "no-store"), new Header("X-Accel-Buffering", "no"));
    return new Answer(200, headers, new Content.Flowing(type, flow));
  }

  /** This answer with one more header field. */
  Answer header(String name, String value) {
    List<Header> more = new ArrayList<>(headers.size() + 4);
    more.addAll(headers);
    more.add(new Header(name, value));
    return new Answer(status, more, content);
  }

  /** This answer with another status. */
  Answer status(int other) {
    return new Answer(other, headers, content);
  }
}
