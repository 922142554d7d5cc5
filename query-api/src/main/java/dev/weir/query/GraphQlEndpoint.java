package dev.weir.query;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * GraphQL over HTTP without the server under it: what {@code /graphql} is asked and answers. Safe
 * from any thread.
 */
public interface GraphQlEndpoint {

  /**
   * Answers a request, bad ones too; content negotiation and the choice of the status are done
   * here.
   *
   * @return never completes exceptionally
   */
  CompletableFuture<Response> handle(Request request);

  /**
   * Answers a request that asks for no more than a document by its key, as {@link #handle} would;
   * never blocks.
   *
   * @return empty = it asks for more, or is the first of its kind: {@link #handle} takes it
   */
  default Optional<CompletableFuture<Response>> atOnce(Request request) {
    return Optional.empty();
  }

  /** The schema in the schema definition language, as it is now; empty if it is not to be told. */
  String schema();

  /**
   * A request to {@code /graphql}; no other methods than these two reach it.
   *
   * @param method {@code GET} or {@code POST}
   * @param rawQuery the URL's query as sent, still percent-encoded, without the question mark; null
   *     = none
   * @param contentType header {@code Content-Type} as sent; null = none
   * @param accept header {@code Accept} as sent; null = none
   * @param body empty for {@code GET}; already within the server's limit for bodies
   */
  record Request(
      String method,
      @Nullable String rawQuery,
      @Nullable String contentType,
      @Nullable String accept,
      byte[] body) {}

  /**
   * What the client gets.
   *
   * @param status HTTP status
   * @param contentType media type of the body
   * @param headers further headers, such as {@code Allow}
   * @param body the answer's bytes; shared, do not modify
   */
  record Response(int status, String contentType, Map<String, String> headers, byte[] body) {
    public Response {
      headers = Map.copyOf(headers);
    }
  }
}
