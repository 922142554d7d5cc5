package dev.weir.query.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.graph.traverse.Budget;
import dev.weir.graph.traverse.Details;
import dev.weir.graph.traverse.Hop;
import dev.weir.graph.traverse.Neighbourhood;
import dev.weir.graph.traverse.Neighbourhood.Reached;
import dev.weir.graph.traverse.Path;
import dev.weir.graph.traverse.Traversals;
import dev.weir.graph.traverse.Traversed;
import dev.weir.graph.traverse.VertexId;
import dev.weir.query.Database;
import dev.weir.query.ReadOptions;
import dev.weir.query.graph.DatabaseGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Walks over the graph: neighbourhoods, paths, common neighbours, subgraphs. */
final class TraversalRoutes {
  static final String TAG = "graph";
  private static final String BUDGET =
      " What it may take is bounded by `budget`; where it was cut for that, `cuts` says so, and"
          + " without cuts the answer is complete.";

  private final Database database;
  private final Collections collections;
  private final int bodyBytes;

  TraversalRoutes(Database database, Collections collections, int bodyBytes) {
    this.database = database;
    this.collections = collections;
    this.bodyBytes = bodyBytes;
  }

  List<Route> routes() {
    return List.of(
        route("/v1/graph/neighbourhood", TraversalSpecs.neighbourhood(BUDGET), this::neighbourhood),
        route("/v1/graph/subgraph", TraversalSpecs.subgraph(BUDGET), this::subgraph),
        route("/v1/graph/path", TraversalSpecs.path(BUDGET), this::path),
        route("/v1/graph/common-neighbours", TraversalSpecs.common(BUDGET), this::common));
  }

  private static Route route(String path, OperationSpec spec, Route.Handler handler) {
    return new Route("POST", new PathTemplate(path), spec, handler);
  }

  /** A walk that is being answered. */
  private final class Asked {
    private final Call call;
    private final JsonNode body;
    private final TraversalReader reader = new TraversalReader(collections);
    private final Budget budget;
    private final Details details;

    Asked(Call call, String... members) throws ProblemException {
      this.call = call;
      Bodies.requireType(call.incoming(), List.of(Json.CONTENT_TYPE));
      this.body = Json.parse(call.body(bodyBytes));
      List<String> known = new ArrayList<>(List.of("budget", "documents", "fields", "edgeValues"));
      known.addAll(List.of(members));
      reader.members(body, "", known.toArray(String[]::new));
      this.budget = reader.budget(body.path("budget"));
      this.details = reader.details(body);
    }

    VertexId vertex(String member) throws ProblemException {
      return reader.vertex(body.path(member), member);
    }

    Hop along() {
      return reader.hop(body.path("along"), "along");
    }

    TraversalAnswers words() {
      return new TraversalAnswers(database.catalogue(), details.documents(), details.edgeValues());
    }

    /** Walks from a vertex and answers. */
    <T> CompletableFuture<Answer> walk(
        VertexId start,
        Function<Traversals, Traversed<T>> walk,
        Function<Traversed.Walked<T>, Answer> answer)
        throws ProblemException {
      boolean partial = call.query().flag(Parts.PARAMETER, false);
      reader.end();
      var collection = words().definition(start.collection());
      ReadOptions options = Levels.of(call, collection).allowPartial(partial);
      DatabaseGraph graph = new DatabaseGraph(database, options);
      Traversed<T> result = walk.apply(new Traversals(graph));
      if (!(result instanceof Traversed.Walked<T> walked)) {
        return CompletableFuture.completedFuture(
            words().problem(result).answer(call.incoming().rawPath()));
      }
      Answer whole = Parts.header(answer.apply(walked), graph.missing());
      return CompletableFuture.completedFuture(
          ServedBy.headers(whole, graph.sources(), options.token()));
    }

    Answer json(Map<String, Object> json, Traversed.Walked<?> walked) {
      TraversalAnswers.close(json, words().cuts(walked.cuts()), walked.effort());
      return Answer.json(json);
    }
  }

  private CompletableFuture<Answer> neighbourhood(Call call) throws ProblemException {
    MediaTypes.choose(call.header("Accept"), List.of(Json.CONTENT_TYPE));
    Asked asked = new Asked(call, "start", "hops", "times");
    VertexId start = asked.vertex("start");
    List<Hop> hops = asked.reader.hops(asked.body);
    return asked.<Neighbourhood>walk(
        start,
        traversals -> traversals.neighbourhood(start, hops, asked.budget, asked.details),
        walked -> asked.json(asked.words().vertices(walked.value().reached()), walked));
  }

  private CompletableFuture<Answer> subgraph(Call call) throws ProblemException {
    String type =
        MediaTypes.choose(call.header("Accept"), List.of(Json.CONTENT_TYPE, GraphMl.CONTENT_TYPE));
    Asked asked = new Asked(call, "start", "hops", "times");
    VertexId start = asked.vertex("start");
    List<Hop> hops = asked.reader.hops(asked.body);
    return asked.<Neighbourhood>walk(
        start,
        traversals -> traversals.subgraph(start, hops, asked.budget, asked.details),
        walked ->
            type.equals(Json.CONTENT_TYPE)
                ? asked.json(asked.words().subgraph(walked.value()), walked)
                : graphMl(asked, walked));
  }

  /** GraphML has no place for what is missing, so a header says it. */
  private static Answer graphMl(Asked asked, Traversed.Walked<Neighbourhood> walked) {
    Details details = asked.details;
    GraphMl graphMl = new GraphMl(asked.words(), details.documents(), details.edgeValues());
    Answer answer = Answer.bytes(200, GraphMl.CONTENT_TYPE, graphMl.bytes(walked.value()));
    return answer.header(TraversalSpecs.CUT, Boolean.toString(!walked.cuts().isEmpty()));
  }

  private CompletableFuture<Answer> path(Call call) throws ProblemException {
    MediaTypes.choose(call.header("Accept"), List.of(Json.CONTENT_TYPE));
    Asked asked = new Asked(call, "from", "to", "along", "most", "weight");
    VertexId from = asked.vertex("from");
    VertexId to = asked.vertex("to");
    Hop along = asked.along();
    JsonNode weight = asked.body.path("weight");
    if (!weight.isMissingNode() && (!weight.isTextual() || weight.asText().isEmpty())) {
      asked.reader.fault("weight", "not the name of a field", "write one, such as \"distance\"");
    }
    if (!weight.isMissingNode() && asked.body.has("most")) {
      asked.reader.fault("most", "not together with weight", "leave one of them out");
    }
    int most = (int) asked.reader.number(asked.body, "most", 1, 6);
    return asked.<Optional<Path>>walk(
        from,
        traversals ->
            weight.isMissingNode()
                ? traversals.shortestPath(from, to, along, most, asked.budget, asked.details)
                : traversals.lightestPath(
                    from, to, along, weight.asText(), asked.budget, asked.details),
        walked -> asked.json(asked.words().path(walked.value()), walked));
  }

  private CompletableFuture<Answer> common(Call call) throws ProblemException {
    MediaTypes.choose(call.header("Accept"), List.of(Json.CONTENT_TYPE));
    Asked asked = new Asked(call, "vertices", "along");
    List<VertexId> vertices = new ArrayList<>();
    JsonNode list = asked.body.path("vertices");
    if (!list.isArray() || list.size() < 2) {
      asked.reader.fault("vertices", "not several vertices", "name at least two");
    }
    for (JsonNode vertex : list) {
      vertices.add(asked.reader.vertex(vertex, "vertices[" + vertices.size() + "]"));
    }
    Hop along = asked.along();
    asked.reader.end();
    return asked.<List<Reached>>walk(
        vertices.get(0),
        traversals -> traversals.commonNeighbours(vertices, along, asked.budget, asked.details),
        walked -> asked.json(asked.words().vertices(walked.value()), walked));
  }
}
