package dev.weir.query.server;

import dev.weir.query.GraphQlEndpoint;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What {@code /graphql} answers where it is switched off. */
final class GraphQlOff implements GraphQlEndpoint {

  private static final String BODY =
      "{\"errors\":[{\"message\":\"GraphQL is switched off on this node.\","
          + "\"extensions\":{\"code\":\"NOT_FOUND\"}}]}";

  @Override
  public CompletableFuture<Response> handle(Request request) {
    return CompletableFuture.completedFuture(
        new Response(404, "application/json", Map.of(), BODY.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public String schema() {
    return "";
  }
}
