package dev.weir.query.http;

import dev.weir.query.GraphQlEndpoint;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Answers with what it was asked. */
final class EchoGraphQl implements GraphQlEndpoint {
  static final String SCHEMA = "type Query {\n  echo: String\n}\n";

  @Override
  public CompletableFuture<Response> handle(Request request) {
    String data =
        "{\"data\":{\"method\":\"" + request.method() + "\",\"body\":" + request.body().length;
    return CompletableFuture.completedFuture(
        new Response(
            200,
            "application/json",
            Map.of("Weir-Test", String.valueOf(request.rawQuery())),
            (data + "}}").getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public String schema() {
    return SCHEMA;
  }
}
