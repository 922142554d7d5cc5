package dev.weir.query.http;

import dev.weir.query.http.OperationSpec.Body;
import java.util.List;
import java.util.Map;

/** What callers need to know of traversals. */
final class TraversalSpecs {
  /** Whether a subgraph as GraphML lacks something because of its budget. */
  static final String CUT = "Weir-Cut";

  private static final String EXAMPLE_HOP =
      "{\"edges\":[{\"type\":\"mentions\",\"direction\":\"both\"}]}";

  private TraversalSpecs() {}

  static OperationSpec neighbourhood(String budget) {
    return spec("walkNeighbourhood", "Vertices within some hops", "NeighbourhoodRequest")
        .describe(
            "Each vertex that can be reached once, with the hops of the shortest way to it, nearest"
                + " first. Every hop has its edge types, directions and conditions on edges and"
                + " vertices; a vertex that does not meet them is as if it were not there."
                + budget)
        .answers(
            200,
            "The vertices, the start before all.",
            Schemas.json("Neighbourhood"),
            ServedBy.POSITION,
            ServedBy.NODE,
            Levels.HEADER,
            Incomplete.HEADER)
        .example(
            "two hops",
            Map.of(),
            Json.CONTENT_TYPE,
            "{\"start\":{\"collection\":\"note\",\"key\":\"a/1\"},\"hops\":[%s],\"times\":2}"
                .formatted(EXAMPLE_HOP),
            200);
  }

  static OperationSpec subgraph(String budget) {
    return spec("extractSubgraph", "Vertices within some hops and edges", "NeighbourhoodRequest")
        .describe(
            "As `walkNeighbourhood`, with the edges between the vertices that the hops may follow,"
                + " as JSON for a graph view or, with `Accept: %s`, as GraphML."
                    .formatted(GraphMl.CONTENT_TYPE)
                + budget
                + " Of GraphML the header `%s` says whether it was cut.".formatted(CUT))
        .answers(
            200,
            "Vertices and edges.",
            List.of(
                Body.component(Json.CONTENT_TYPE, "Subgraph"),
                new Body(GraphMl.CONTENT_TYPE, Schemas.TEXT)),
            ServedBy.POSITION,
            ServedBy.NODE,
            Levels.HEADER,
            Incomplete.HEADER)
        .example(
            "one hop",
            Map.of(),
            Json.CONTENT_TYPE,
            "{\"start\":{\"collection\":\"note\",\"key\":\"a/1\"},\"hops\":[%s]}"
                .formatted(EXAMPLE_HOP),
            200);
  }

  static OperationSpec path(String budget) {
    return spec("findPath", "Shortest path between two vertices", "PathRequest")
        .describe(
            "A path of the fewest edges, at most `most` of them, searched from both ends; or, with"
                + " `weight`, a path whose edges' weights have the least sum. Conditions on"
                + " vertices are for those between the ends. A path that is not found within the"
                + " budget may still be there; then `cuts` says so."
                + budget)
        .answers(
            200,
            "The path, or that there is none.",
            Schemas.json("FoundPath"),
            ServedBy.POSITION,
            ServedBy.NODE,
            Levels.HEADER,
            Incomplete.HEADER)
        .refuses(ProblemType.NO_WEIGHT)
        .example(
            "from one to another",
            Map.of(),
            Json.CONTENT_TYPE,
            "{\"from\":{\"collection\":\"note\",\"key\":\"a/1\"},"
                + "\"to\":{\"collection\":\"note\",\"key\":\"b\"},\"along\":%s,\"most\":4}"
                    .formatted(EXAMPLE_HOP),
            200);
  }

  static OperationSpec common(String budget) {
    return spec("findCommonNeighbours", "Common neighbours of vertices", "CommonRequest")
        .describe(
            "The vertices at the other end of an edge of each of some vertices, ordered by key."
                + budget)
        .answers(
            200,
            "The vertices.",
            Schemas.json("Neighbourhood"),
            ServedBy.POSITION,
            ServedBy.NODE,
            Levels.HEADER,
            Incomplete.HEADER)
        .example(
            "of two",
            Map.of(),
            Json.CONTENT_TYPE,
            "{\"vertices\":[{\"collection\":\"note\",\"key\":\"a/1\"},"
                + "{\"collection\":\"note\",\"key\":\"b\"}],\"along\":%s}".formatted(EXAMPLE_HOP),
            200);
  }

  private static OperationSpec spec(String id, String summary, String request) {
    return OperationSpec.of(id, TraversalRoutes.TAG, summary)
        .lane(Lane.SCATTER)
        .takes(Levels.parameters())
        .takes(Parts.parameter())
        .reads(Body.component(Json.CONTENT_TYPE, request))
        .refuses(ProblemType.INVALID_TRAVERSAL, ProblemType.INVALID_KEY)
        .refuses(ProblemType.VERTEX_NOT_FOUND, ProblemType.UNKNOWN_COLLECTION)
        .refuses(ProblemType.INVALID_BODY, ProblemType.BODY_TOO_LARGE)
        .refuses(ProblemType.UNSUPPORTED_MEDIA_TYPE, ProblemType.NOT_ACCEPTABLE)
        .refuses(Levels.PROBLEMS);
  }
}
