package dev.weir.query.graphql.transport;

import dev.weir.query.graphql.ErrorCode;
import java.util.Map;

/**
 * A request that is no well-formed GraphQL-over-HTTP request; the message says what to change.
 *
 * <p>Carries no stack trace: it is an expected answer on its way out of the reader.
 */
final class HttpFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final ErrorCode code;
  private final transient Map<String, String> headers;

  HttpFault(int status, ErrorCode code, String message) {
    this(status, code, message, Map.of());
  }

  HttpFault(int status, ErrorCode code, String message, Map<String, String> headers) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }

  /** A request whose content is wrong. */
  static HttpFault badRequest(String message) {
    return new HttpFault(400, ErrorCode.BAD_REQUEST, message);
  }

  int status() {
    return status;
  }

  ErrorCode code() {
    return code;
  }

  Map<String, String> headers() {
    return headers;
  }

  String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
