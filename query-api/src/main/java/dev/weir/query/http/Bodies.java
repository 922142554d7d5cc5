package dev.weir.query.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Reads request bodies within their limits. */
final class Bodies {
  /**
   * A refused body up to this size is read and thrown away before the answer: many clients look at
   * the answer only after they have sent everything, and would see a broken connection instead.
   */
  private static final long DRAINED = 64L << 20;

  private static final int BUFFER = 16 << 10;

  private Bodies() {}

  /**
   * The whole body.
   *
   * @throws ProblemException if it is longer than {@code limit}, or compressed
   * @throws IOException if the client stops sending
   */
  static byte[] read(Incoming incoming, int limit) throws ProblemException, IOException {
    String encoding = incoming.header("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new ProblemException(
          Problem.of(
                  ProblemType.UNSUPPORTED_MEDIA_TYPE,
                  "Compressed bodies (Content-Encoding: %s) are not read."
                      .formatted(Texts.shorten(encoding)))
              .with("expected", "identity"));
    }
    if (incoming.contentLength() > limit) {
      throw tooLarge(incoming, limit, incoming.contentLength());
    }
    byte[] body = incoming.body().readNBytes(limit + 1);
    if (body.length > limit) {
      throw tooLarge(incoming, limit, -1);
    }
    return body;
  }

  /** Checks the media type of a body that is there. */
  static void requireType(Incoming incoming, List<String> accepted) throws ProblemException {
    String type = incoming.header("Content-Type");
    if (type != null && accepts(MediaTypes.essence(type), accepted)) {
      return;
    }
    String expected = String.join(" or ", accepted);
    throw new ProblemException(
        Problem.of(
                ProblemType.UNSUPPORTED_MEDIA_TYPE,
                type == null
                    ? "The request has no header Content-Type; expected is " + expected + "."
                    : "The body is '%s'; expected is %s.".formatted(Texts.shorten(type), expected))
            .with("expected", accepted));
  }

  private static boolean accepts(String essence, List<String> accepted) {
    return accepted.stream()
        .map(MediaTypes::essence)
        .anyMatch(
            a ->
                a.equals(essence)
                    || (a.equals(Json.CONTENT_TYPE)
                        && essence.startsWith("application/")
                        && essence.endsWith("+json")));
  }

  private static ProblemException tooLarge(Incoming incoming, int limit, long length)
      throws IOException {
    drain(incoming, length);
    String size = length < 0 ? "more" : length + " bytes";
    return new ProblemException(
        Problem.of(
                ProblemType.BODY_TOO_LARGE,
                "The operation takes at most %d bytes; the body has %s.".formatted(limit, size))
            .with("limit", limit));
  }

  /** A client that waits for {@code 100 Continue} sends nothing unless it is read. */
  private static void drain(Incoming incoming, long length) throws IOException {
    if (incoming.header("Expect") != null || length > DRAINED) {
      return;
    }
    byte[] waste = new byte[BUFFER];
    InputStream body = incoming.body();
    long left = DRAINED;
    while (left > 0) {
      int n = body.read(waste);
      if (n < 0) {
        return;
      }
      left -= n;
    }
  }
}
