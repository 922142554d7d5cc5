package dev.weir.query.http;

import dev.weir.query.GraphQlEndpoint;
import dev.weir.query.http.OperationSpec.Body;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** GraphQL over HTTP: passes on what comes; all of its rules are behind the port. */
final class GraphQlRoutes {
  private static final String TAG = "graphql";
  static final PathTemplate PATH = new PathTemplate("/graphql");
  private static final PathTemplate SCHEMA_PATH = new PathTemplate("/graphql/schema");
  private static final String SDL = "text/plain; charset=utf-8";
  private static final String RESPONSE = "application/graphql-response+json";
  private static final byte[] NO_BODY = {};

  private final GraphQlEndpoint endpoint;
  private final int maxBodyBytes;

  GraphQlRoutes(GraphQlEndpoint endpoint, int maxBodyBytes) {
    this.endpoint = endpoint;
    this.maxBodyBytes = maxBodyBytes;
  }

  List<Route> routes() {
    return List.of(
        new Route("POST", PATH, postSpec(), this::post),
        new Route("GET", PATH, getSpec(), this::get),
        new Route("GET", SCHEMA_PATH, schemaSpec(), this::schema));
  }

  private CompletableFuture<Answer> post(Call call) throws ProblemException {
    return pass(call, "POST", call.body(maxBodyBytes));
  }

  private CompletableFuture<Answer> get(Call call) {
    return pass(call, "GET", NO_BODY);
  }

  private CompletableFuture<Answer> pass(Call call, String method, byte[] body) {
    String accept = call.header("Accept");
    GraphQlEndpoint.Request request =
        new GraphQlEndpoint.Request(
            method, call.incoming().rawQuery(), call.header("Content-Type"), accept, body);
    return endpoint.wantsEvents(accept)
        ? endpoint.stream(request).thenApply(GraphQlRoutes::answer)
        : endpoint.handle(request).thenApply(GraphQlRoutes::answer);
  }

  private static Answer answer(GraphQlEndpoint.Streamed streamed) {
    return streamed instanceof GraphQlEndpoint.Streamed.Events events
        ? Answer.flowing(ChangeEvents.TYPE, events.flow())
        : answer(((GraphQlEndpoint.Streamed.Refused) streamed).response());
  }

  /** What is a get in GraphQL's clothes needs no lane, as gets need none. */
  private Optional<CompletableFuture<Answer>> atOnce(Incoming incoming, byte[] body) {
    return endpoint
        .atOnce(
            new GraphQlEndpoint.Request(
                incoming.method(),
                incoming.rawQuery(),
                incoming.header("Content-Type"),
                incoming.header("Accept"),
                body))
        .map(response -> response.thenApply(GraphQlRoutes::answer));
  }

  private CompletableFuture<Answer> schema(Call call) throws ProblemException {
    String type = MediaTypes.choose(call.header("Accept"), List.of(SDL));
    byte[] text = endpoint.schema().getBytes(StandardCharsets.UTF_8);
    if (text.length == 0) {
      throw new ProblemException(ProblemType.UNKNOWN_PATH, "This node does not tell its schema.");
    }
    return CompletableFuture.completedFuture(Answer.bytes(200, type, text));
  }

  private static Answer answer(GraphQlEndpoint.Response response) {
    Answer answer = Answer.bytes(response.status(), response.contentType(), response.body());
    for (var header : response.headers().entrySet()) {
      answer = answer.header(header.getKey(), header.getValue());
    }
    return answer;
  }

  private OperationSpec postSpec() {
    return OperationSpec.of("graphqlPost", TAG, "Ask by GraphQL")
        .describe(
            "GraphQL over HTTP. The schema is made from the collections; faults of the query are"
                + " told in GraphQL's own way. With `Accept: text/event-stream` every result is an"
                + " event (graphql-sse), which subscriptions need.")
        .lane(Lane.GRAPHQL)
        .quickly(this::atOnce)
        .reads(Body.component(Json.CONTENT_TYPE, "GraphQlRequest"))
        .queryAsSent()
        .mayFlow()
        .answers(200, "The result.", bodies())
        .refuses(ProblemType.BODY_TOO_LARGE)
        .example(
            "names the types", Map.of(), Json.CONTENT_TYPE, "{\"query\":\"{ __typename }\"}", 200);
  }

  private OperationSpec getSpec() {
    return OperationSpec.of("graphqlGet", TAG, "Ask by GraphQL, queries only")
        .describe(
            "The same as POST with the request's members as parameters, or a WebSocket with the"
                + " sub-protocol `graphql-transport-ws`.")
        .lane(Lane.GRAPHQL)
        .quickly(this::atOnce)
        .takes(
            Parameter.query("query", Schemas.TEXT, "The document."),
            Parameter.query("operationName", Schemas.TEXT, "Which of its operations to run."),
            Parameter.query("variables", Schemas.TEXT, "Its variables as a JSON object."),
            Parameter.query("extensions", Schemas.TEXT, "Extensions as a JSON object."))
        .queryAsSent()
        .mayFlow()
        .answers(200, "The result.", bodies())
        .refuses(ProblemType.FOREIGN_ORIGIN)
        .example("names the types", Map.of("query", "{ __typename }"), 200);
  }

  private static OperationSpec schemaSpec() {
    return OperationSpec.of("graphqlSchema", TAG, "Get the GraphQL schema")
        .describe("The schema of the collections as they are now, in GraphQL's own language.")
        .answers(200, "The schema.", List.of(new Body("text/plain", Schemas.TEXT)))
        .refuses(ProblemType.NOT_ACCEPTABLE, ProblemType.UNKNOWN_PATH)
        .example("the schema", Map.of(), 200);
  }

  private static List<Body> bodies() {
    return List.of(
        Body.component(Json.CONTENT_TYPE, "GraphQlResponse"),
        Body.component(RESPONSE, "GraphQlResponse"),
        new Body(ChangeEvents.TYPE, Schemas.TEXT));
  }
}
