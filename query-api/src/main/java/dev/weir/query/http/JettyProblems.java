package dev.weir.query.http;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Problem documents where Jetty itself refuses a request, in place of its pages. */
final class JettyProblems extends ErrorHandler {
  /** What Jetty puts in place of a path that it could not read. */
  private static final String UNREAD = "/badMessage";

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    ProblemType type = type(response.getStatus());
    String path = request.getHttpURI() == null ? null : request.getHttpURI().getPath();
    if (UNREAD.equals(path)) {
      path = null;
    }
    FrontDoor.send(answer(type, path), request, response, callback);
    return true;
  }

  private static Answer answer(ProblemType type, @Nullable String path) {
    Problem problem = Problem.of(type, detail(type));
    if (type == ProblemType.SHUTTING_DOWN) {
      problem = problem.retryAfter(1);
    }
    return problem.answer(path == null ? "" : Texts.shorten(Connections.asSent(path)));
  }

  private static ProblemType type(int status) {
    return switch (status) {
      case 404 -> ProblemType.UNKNOWN_PATH;
      case 405 -> ProblemType.METHOD_NOT_ALLOWED;
      case 408 -> ProblemType.REQUEST_TIMEOUT;
      case 413 -> ProblemType.BODY_TOO_LARGE;
      case 414 -> ProblemType.URI_TOO_LONG;
      case 415 -> ProblemType.UNSUPPORTED_MEDIA_TYPE;
      case 431 -> ProblemType.HEADERS_TOO_LARGE;
      case 503 -> ProblemType.SHUTTING_DOWN;
      default ->
          status < 500 || status == 505
              ? ProblemType.MALFORMED_REQUEST
              : ProblemType.INTERNAL_ERROR;
    };
  }

  private static String detail(ProblemType type) {
    return switch (type) {
      case URI_TOO_LONG, HEADERS_TOO_LARGE ->
          "The head of the request is larger than the server reads.";
      case REQUEST_TIMEOUT -> "The request was not complete in time.";
      case SHUTTING_DOWN -> "The node takes no more requests.";
      case INTERNAL_ERROR -> "The request could not be answered.";
      default -> "The request could not be read as HTTP.";
    };
  }
}
