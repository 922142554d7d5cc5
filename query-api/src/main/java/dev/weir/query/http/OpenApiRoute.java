package dev.weir.query.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The API's own description. */
final class OpenApiRoute {
  private OpenApiRoute() {}

  /** The route that describes the others and itself. */
  static Route over(List<Route> others) {
    PathTemplate path = new PathTemplate("/openapi.json");
    List<Route> all = new ArrayList<>(others);
    all.add(new Route("GET", path, spec(), call -> new CompletableFuture<>()));
    byte[] document =
        Json.pretty(OpenApi.document(new RouteTable(all))).getBytes(StandardCharsets.UTF_8);
    Answer answer =
        Answer.bytes(200, Json.CONTENT_TYPE, document).header("Cache-Control", "no-cache");
    return new Route("GET", path, spec(), call -> CompletableFuture.completedFuture(answer));
  }

  private static OperationSpec spec() {
    return OperationSpec.of("openApi", "operation", "This document")
        .describe("OpenAPI 3.1 with an example of every operation that works.")
        .answers(200, "The document.", Schemas.json("OpenApi"))
        .example("all", Map.of(), 200);
  }
}
