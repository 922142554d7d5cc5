package dev.weir.query.graphql.fields;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.graph.Direction;
import dev.weir.graph.traverse.Arc;
import dev.weir.graph.traverse.Budget;
import dev.weir.graph.traverse.Details;
import dev.weir.graph.traverse.Hop;
import dev.weir.graph.traverse.Path;
import dev.weir.graph.traverse.Step;
import dev.weir.graph.traverse.Traversals;
import dev.weir.graph.traverse.Traversed;
import dev.weir.graph.traverse.VertexId;
import dev.weir.query.graphql.ErrorCode;
import dev.weir.query.graphql.Errors;
import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.query.graphql.InputFault;
import dev.weir.query.graphql.fields.Reached.Found;
import dev.weir.query.graphql.fields.Reached.Place;
import dev.weir.query.graphql.types.CollectionModel;
import dev.weir.query.graphql.types.Sources;
import dev.weir.query.graphql.types.StoredNode;
import dev.weir.query.graphql.types.StoredValues;
import dev.weir.store.Fault;
import dev.weir.store.GraphQuery;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.Key;
import graphql.GraphQLError;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code person { shortestPath(to: …) { … } }}: how two vertices are connected. */
final class PathFields {
  static final String TO = "to";
  static final String TO_COLLECTION = "toCollection";
  static final String WEIGHT = "weight";
  static final int USUAL_EDGES = 5_000;

  private final EdgeSteps steps;
  private final Map<Integer, CollectionModel> collections;
  private final GraphQlSettings.Work bounds;

  PathFields(
      EdgeSteps steps, Map<Integer, CollectionModel> collections, GraphQlSettings.Work bounds) {
    this.steps = steps;
    this.collections = Map.copyOf(collections);
    this.bounds = bounds;
  }

  /** What was found; the path is null if there is none. */
  record Answer(@Nullable Way path, boolean cut) {}

  /** A path, its weight if it was to be the lightest. */
  record Way(List<Found> vertices, List<Passed> edges, @Nullable Double weight) {}

  /** An edge of a path. */
  record Passed(EdgeModel edge, Arc arc) {}

  /** What is asked for. */
  private record Wish(
      VertexId from, VertexId to, Hop hop, int hops, Budget budget, @Nullable String weight) {}

  DataFetcher<Object> shortest(CollectionModel start) {
    return field -> {
      Key vertex = Sources.of(field, StoredNode.class).document().key();
      try {
        Wish wish = wish(field, start, vertex);
        RequestScope scope = RequestScope.of(field);
        return scope.work(() -> answer(field, walk(new ScopeReads(scope), wish)));
      } catch (InputFault fault) {
        return LookupFields.refused(field, fault);
      }
    };
  }

  private Wish wish(DataFetchingEnvironment field, CollectionModel start, Key vertex)
      throws InputFault {
    String name = field.getArgument(TO_COLLECTION);
    CollectionModel end = name == null ? start : steps.collection(name);
    List<Step> along =
        steps.read(field).stream()
            .map(s -> new Step(s.edge().edges().id(), s.direction(), s.where()))
            .toList();
    int within =
        LinkArguments.number(field, LinkArguments.WITHIN, USUAL_EDGES, 1, bounds.maxCost());
    int hops =
        LinkArguments.number(
            field, ReachFields.HOPS, ReachFields.MOST_HOPS, 1, ReachFields.MOST_HOPS);
    return new Wish(
        new VertexId(start.id(), vertex),
        new VertexId(end.id(), key(end, Arguments.required(field, TO))),
        new Hop(along, null),
        hops,
        new Budget(within, within, within, bounds.deadline()),
        field.getArgument(WEIGHT));
  }

  private Key key(CollectionModel collection, Object given) throws InputFault {
    try {
      Key key = collection.keys().read(given);
      if (key.bytes().length <= bounds.maxKeyBytes()) {
        return key;
      }
    } catch (InvalidKeyException e) {
      throw new InputFault("The key in '" + TO + "' is not valid: " + e.getMessage());
    }
    throw new InputFault("The key is too long: it may have " + bounds.maxKeyBytes() + " bytes.");
  }

  private static Traversed<Optional<Path>> walk(ScopeReads reads, Wish wish) {
    Traversals walks = new Traversals(reads);
    Details details = new Details(GraphQuery.Wanted.NOTHING, List.of(), true);
    return wish.weight() == null
        ? walks.shortestPath(
            wish.from(), wish.to(), wish.hop(), wish.hops(), wish.budget(), details)
        : walks.lightestPath(
            wish.from(), wish.to(), wish.hop(), wish.weight(), wish.budget(), details);
  }

  private DataFetcherResult<Answer> answer(
      DataFetchingEnvironment field, Traversed<Optional<Path>> traversed) {
    if (traversed instanceof Traversed.Walked<Optional<Path>> walked) {
      boolean weighed = field.getArgument(WEIGHT) != null;
      Way way = walked.value().map(path -> way(path, weighed)).orElse(null);
      return DataFetcherResult.<Answer>newResult()
          .data(new Answer(way, !walked.cuts().isEmpty()))
          .build();
    }
    return Errors.field(field, error(traversed));
  }

  private GraphQLError error(Traversed<Optional<Path>> traversed) {
    if (traversed instanceof Traversed.Refused<Optional<Path>> refused) {
      return Errors.of(refused.refusal());
    }
    if (traversed instanceof Traversed.Senseless<Optional<Path>> senseless) {
      return Errors.of(
          ErrorCode.BAD_USER_INPUT,
          "The walk makes no sense.",
          Map.of("faults", senseless.faults().stream().map(Fault::toString).toList()));
    }
    if (traversed instanceof Traversed.NoWeight<Optional<Path>> none) {
      EdgeModel edge = steps.edge(none.edges());
      return Errors.of(
          ErrorCode.BAD_USER_INPUT,
          "An edge has no weight to measure a path with; mend it, or leave it out with 'where'.",
          Map.of(
              "edges",
              edge.edges().definition().name(),
              "key",
              edge.edges().keys().value(none.edge()),
              "problem",
              none.problem()));
    }
    VertexId vertex = ((Traversed.NoVertex<Optional<Path>>) traversed).vertex();
    CollectionModel collection = collections.get(vertex.collection());
    return Errors.of(
        ErrorCode.NOT_FOUND,
        "There is no document at the end of the path; check its key.",
        collection == null
            ? Map.of()
            : Map.of(
                "collection",
                collection.definition().name(),
                "key",
                collection.keys().value(vertex.key())));
  }

  private Way way(Path path, boolean weighed) {
    List<Found> vertices = new ArrayList<>();
    for (VertexId vertex : path.vertices()) {
      CollectionModel collection = collections.get(vertex.collection());
      if (collection != null) {
        vertices.add(new Found(new Place(collection, vertex.key()), vertices.size()));
      }
    }
    List<Passed> edges =
        path.arcs().stream().map(arc -> new Passed(steps.edge(arc.edges()), arc)).toList();
    return new Way(vertices, edges, weighed ? path.length() : null);
  }

  /** The document of an edge of a path. */
  static @Nullable JsonNode properties(Passed passed) {
    return StoredValues.tree(passed.edge().edges().definition(), passed.arc().link().value());
  }

  /** Which way an edge of a path is passed. */
  static Direction side(Passed passed) {
    return passed.arc().forward() ? Direction.OUT : Direction.IN;
  }
}
