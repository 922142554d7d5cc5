package dev.weir.query.http;

import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a request to its answer, whatever server is under it: the one place where problems and
 * failures become answers.
 */
final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final RouteTable table;

  Dispatcher(RouteTable table) {
    this.table = table;
  }

  RouteTable.Match match(Incoming incoming) {
    return table.match(incoming.method(), incoming.rawPath());
  }

  /**
   * Runs a route.
   *
   * @return never completes exceptionally
   */
  CompletableFuture<Answer> run(RouteTable.Found found, Incoming incoming) {
    CompletableFuture<Answer> answer;
    try {
      Call call = Call.of(found, incoming);
      answer = found.route().handler().handle(call);
    } catch (ProblemException e) {
      return CompletableFuture.completedFuture(e.problem().answer(incoming.rawPath()));
    } catch (RuntimeException e) {
      return CompletableFuture.completedFuture(failed(e, incoming.rawPath()));
    }
    if (answer.isDone() && !answer.isCompletedExceptionally()) {
      return answer;
    }
    return answer.exceptionally(e -> fromFailure(e, incoming.rawPath()));
  }

  /** The answer where no route is found. */
  Answer unmatched(RouteTable.Match match, Incoming incoming) {
    if (match instanceof RouteTable.WrongMethod wrong) {
      String allow = String.join(", ", wrong.allow());
      if (incoming.method().equals("OPTIONS")) {
        return Answer.empty(204).header("Allow", allow);
      }
      return Problem.of(
              ProblemType.METHOD_NOT_ALLOWED,
              "The path takes %s, not %s.".formatted(allow, Texts.shorten(incoming.method())))
          .with("allowed", List.copyOf(wrong.allow()))
          .answer(incoming.rawPath())
          .header("Allow", allow);
    }
    return Problem.of(
            ProblemType.UNKNOWN_PATH,
            "The API has nothing at '%s'.".formatted(Texts.shorten(incoming.rawPath())))
        .answer(incoming.rawPath());
  }

  private static Answer fromFailure(Throwable thrown, String instance) {
    Throwable cause =
        thrown instanceof CompletionException c && c.getCause() != null ? c.getCause() : thrown;
    return cause instanceof ProblemException problem
        ? problem.problem().answer(instance)
        : failed(cause, instance);
  }

  /** A fault of the server: the log has the cause, the caller only the number to find it by. */
  static Answer failed(Throwable cause, String instance) {
    String incident = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    LOG.error("Incident {} at {}", incident, instance, cause);
    return Problem.of(ProblemType.INTERNAL_ERROR, "The request could not be answered.")
        .with("incident", incident)
        .answer(instance);
  }
}
