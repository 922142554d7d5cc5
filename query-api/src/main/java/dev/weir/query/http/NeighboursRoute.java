package dev.weir.query.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.weir.graph.traverse.VertexId;
import dev.weir.query.Database;
import dev.weir.query.ReadOptions;
import dev.weir.query.Result;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Edge;
import dev.weir.store.EdgeKeys;
import dev.weir.store.Filter;
import dev.weir.store.GraphQuery;
import dev.weir.store.GraphQuery.Link;
import dev.weir.store.GraphQuery.Neighbours;
import dev.weir.store.GraphQuery.Side;
import dev.weir.store.GraphQuery.Wanted;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import dev.weir.store.Query;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The edges of one vertex on one side, page by page, with the degree. */
final class NeighboursRoute {
  private static final String PATH = "/v1/graph/neighbours/{edges}/{key...}";
  private static final String DIRECTION = "direction";
  private static final String WHERE = "where";
  private static final String LIMIT = "limit";
  private static final String AFTER = "after";
  private static final int USUAL_LIMIT = 100;

  private final Database database;
  private final Collections collections;
  private final int maxItems;

  NeighboursRoute(Database database, Collections collections, int maxItems) {
    this.database = database;
    this.collections = collections;
    this.maxItems = maxItems;
  }

  Route route() {
    return new Route("GET", new PathTemplate(PATH), spec(), this::page);
  }

  private CompletableFuture<Answer> page(Call call) throws ProblemException {
    MediaTypes.choose(call.header("Accept"), List.of(Json.CONTENT_TYPE));
    CollectionDefinition edges = edges(call.path("edges"));
    Edge edge = edges.edge();
    boolean out = call.query().choice(DIRECTION, List.of("out", "in")).equals("out");
    if (edge == null) {
      throw new IllegalStateException("no edge type: " + edges.name());
    }
    CollectionDefinition here = collections.named(out ? edge.from() : edge.to());
    CollectionDefinition there = collections.named(out ? edge.to() : edge.from());
    Key vertex = collections.key(call, here);
    int limit = call.query().integer(LIMIT, 1, maxItems, USUAL_LIMIT);
    Side side = out ? Side.OUT : Side.IN;
    Query.Several questions =
        new Query.Several(
            List.of(
                new GraphQuery.Expand(
                    edges.id(),
                    side,
                    List.of(vertex),
                    limit,
                    after(call, edges, vertex, side),
                    where(call, edges),
                    true),
                new GraphQuery.Degrees(edges.id(), side, List.of(vertex))));
    ReadOptions options = Levels.of(call, edges);
    String path = call.incoming().rawPath();
    return database
        .ask(questions, options)
        .thenApply(
            result -> {
              if (result instanceof Result.Success<List<Object>> success) {
                Answer answer = Answer.json(json(success.value(), edges, there));
                return ServedBy.headers(answer, success.sources(), options.token());
              }
              return Refusals.problem(((Result.Failure<List<Object>>) result).refusal())
                  .answer(path);
            });
  }

  private CollectionDefinition edges(String name) throws ProblemException {
    TraversalReader reader = new TraversalReader(collections);
    var found = reader.edges(name, "edges");
    reader.end();
    return found.orElseThrow();
  }

  private @Nullable Filter where(Call call, CollectionDefinition edges) throws ProblemException {
    String text = call.query().text(WHERE).orElse("");
    TraversalReader reader = new TraversalReader(collections);
    JsonNode json = text.isEmpty() ? MissingNode.getInstance() : tree(text);
    Filter filter = reader.filter(json, WHERE);
    if (filter != null && !edges.format().equals("json")) {
      reader.fault(
          WHERE,
          "a condition looks at fields, and the values of '%s' are %s"
              .formatted(edges.name(), edges.format()),
          "leave it out");
    }
    reader.end();
    return filter;
  }

  private static JsonNode tree(String where) throws ProblemException {
    try {
      return Json.parse(where.getBytes(StandardCharsets.UTF_8));
    } catch (ProblemException e) {
      throw QueryParameters.invalid(
          WHERE, "`where` is not JSON; write a condition such as {\"since\":{\"gte\":2011}}.");
    }
  }

  private static @Nullable Key after(Call call, CollectionDefinition edges, Key vertex, Side side)
      throws ProblemException {
    String text = call.query().text(AFTER).orElse("");
    if (text.isEmpty()) {
      return null;
    }
    try {
      Key key = KeyCodec.of(edges.keyType()).fromText(text);
      EdgeKeys keys = EdgeKeys.of(edges);
      if (!vertex.equals(side == Side.OUT ? keys.from(key) : keys.to(key))) {
        throw QueryParameters.invalid(
            AFTER, "The edge under `after` is none of this vertex: give `next` of the last page.");
      }
      return key;
    } catch (InvalidKeyException e) {
      throw QueryParameters.invalid(AFTER, String.valueOf(e.getMessage()));
    }
  }

  private Map<String, Object> json(
      List<Object> answers, CollectionDefinition edges, CollectionDefinition there) {
    Neighbours page = (Neighbours) ((List<?>) answers.get(0)).get(0);
    TraversalAnswers words = new TraversalAnswers(database.catalogue(), Wanted.NOTHING, true);
    List<Object> items = new ArrayList<>();
    for (Link link : page.links()) {
      Map<String, Object> item = new LinkedHashMap<>();
      item.put("vertex", words.vertex(new VertexId(there.id(), link.other())));
      item.put("edge", words.link(edges, link));
      items.add(item);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("items", items);
    json.put("degree", ((List<?>) answers.get(1)).get(0));
    json.put("next", page.more() && !items.isEmpty() ? last(page, edges) : null);
    return json;
  }

  private static String last(Neighbours page, CollectionDefinition edges) {
    Link link = page.links().get(page.links().size() - 1);
    return KeyCodec.of(edges.keyType()).toText(link.edge());
  }

  private OperationSpec spec() {
    return OperationSpec.of("pageNeighbours", TraversalRoutes.TAG, "Edges of a vertex, in pages")
        .describe(
            "The edges of one type that begin at a vertex, or end there, in the order of the keys"
                + " at their other ends, with these, and the degree: how many edges there are"
                + " without the condition. `next` continues a page; it is null when nothing is"
                + " left. A vertex that does not exist has no edges, or edges that dangle.")
        .lane(Lane.BATCH)
        .takes(
            Parameter.path("edges", "Name of the edge type."),
            Parameter.path(
                "key",
                "Key of the vertex in its textual form, percent-encoded once: of the collection"
                    + " that the edges begin at or, with direction=in, end at."))
        .takes(Levels.parameters())
        .takes(
            Parameter.query(
                DIRECTION, Schemas.oneOf("out", "in"), "Which end of the edges the vertex is."),
            Parameter.query(
                WHERE, Schemas.TEXT, "A condition on the edges' values, as JSON; see Filter."),
            Parameter.query(
                LIMIT, Schemas.integer(1, maxItems, USUAL_LIMIT), "Most edges of the page."),
            Parameter.query(AFTER, Schemas.TEXT, "`next` of the page before."))
        .answers(
            200,
            "A page.",
            Schemas.json("NeighboursPage"),
            ServedBy.POSITION,
            ServedBy.NODE,
            Levels.HEADER)
        .refuses(ProblemType.INVALID_TRAVERSAL, ProblemType.INVALID_KEY)
        .refuses(ProblemType.INVALID_PARAMETER, ProblemType.INVALID_BODY)
        .refuses(ProblemType.NOT_ACCEPTABLE, ProblemType.UNKNOWN_COLLECTION)
        .refuses(Levels.PROBLEMS)
        .example("edges that begin there", Map.of("edges", "mentions", "key", "a/1"), 200)
        .example(
            "edges that end there, with a condition",
            Map.of(
                "edges",
                "mentions",
                "key",
                "b",
                DIRECTION,
                "in",
                WHERE,
                "{\"n\":{\"gt\":1}}",
                LIMIT,
                "2"),
            200);
  }
}
