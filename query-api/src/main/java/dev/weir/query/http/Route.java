package dev.weir.query.http;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * An operation of the API, declared once: the server serves it and the OpenAPI document shows it.
 *
 * @param method GET, PUT, DELETE or POST; GET answers HEAD too
 * @param path where it is
 * @param spec what its callers need to know
 * @param handler what it does
 */
record Route(String method, PathTemplate path, OperationSpec spec, Handler handler) {

  /** What a route does. */
  @FunctionalInterface
  interface Handler {
    /**
     * Answers a call; may block, unless the route is declared {@link OperationSpec#direct}.
     *
     * @throws ProblemException if the call cannot be answered
     */
    CompletableFuture<Answer> handle(Call call) throws ProblemException;
  }

  /** What answers some of the calls of a route at once, ahead of its lane. */
  @FunctionalInterface
  interface Quick {
    /**
     * Answers a call; never blocks.
     *
     * @param body the whole of it
     * @return empty = the call is to go on to the handler, with its body; never completes
     *     exceptionally
     */
    Optional<CompletableFuture<Answer>> handle(Incoming incoming, byte[] body);
  }

  /** The kind of work it is: what changes something is a write if nothing else is declared. */
  Lane lane() {
    Lane declared = spec.lane();
    return declared != null ? declared : method.equals("GET") ? Lane.OTHER : Lane.WRITE;
  }

  /** Names of the query parameters. */
  List<String> queryNames() {
    return spec.queryNames();
  }
}
