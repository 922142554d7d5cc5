package dev.weir.query.http;

import dev.weir.query.GraphQlEndpoint;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Answers with what it was asked; at once, and saying so, if that begins with {@code quick}. */
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
  public Optional<CompletableFuture<Response>> atOnce(Request request) {
    String text = new String(request.body(), StandardCharsets.UTF_8);
    if (!text.startsWith("quick")) {
      return Optional.empty();
    }
    Response answer =
        new Response(200, "text/plain", Map.of(), text.getBytes(StandardCharsets.UTF_8));
    return Optional.of(
        text.startsWith("quickly")
            ? CompletableFuture.completedFuture(answer)
            : new CompletableFuture<Response>()
                .completeOnTimeout(answer, 20, TimeUnit.MILLISECONDS));
  }

  @Override
  public String schema() {
    return SCHEMA;
  }
}
