package dev.weir.query.graphql.fields;

import static dev.weir.query.graphql.types.Inputs.argument;
import static graphql.Scalars.GraphQLBoolean;
import static graphql.Scalars.GraphQLFloat;
import static graphql.Scalars.GraphQLInt;
import static graphql.Scalars.GraphQLString;
import static graphql.schema.GraphQLList.list;
import static graphql.schema.GraphQLNonNull.nonNull;
import static graphql.schema.GraphQLTypeReference.typeRef;

import dev.weir.query.graphql.GraphQlSettings.Kind;
import dev.weir.query.graphql.fields.PathFields.Answer;
import dev.weir.query.graphql.fields.PathFields.Passed;
import dev.weir.query.graphql.fields.PathFields.Way;
import dev.weir.query.graphql.fields.SchemaDraft.Column;
import dev.weir.query.graphql.types.CollectionModel;
import dev.weir.query.graphql.types.Scalars;
import dev.weir.query.graphql.types.Sources;
import graphql.schema.DataFetcher;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLOutputType;

/** The types around {@code shortestPath}, and the field itself. */
final class PathSchema {
  private static final String FIELD = "shortestPath";
  private static final String ANSWER = "ShortestPath";
  private static final String PATH = "Path";
  private static final String EDGE = "PathEdge";

  private final SchemaDraft schema;
  private final PathFields fields;

  PathSchema(SchemaDraft schema, PathFields fields) {
    this.schema = schema;
    this.fields = fields;
  }

  /** What all vertices share. */
  void addShared() {
    schema.type(answer());
    schema.type(path());
    schema.type(edge());
  }

  private GraphQLObjectType answer() {
    GraphQLObjectType.Builder type =
        GraphQLObjectType.newObject().name(ANSWER).description("Whether a path was found.");
    add(
        type,
        ANSWER,
        "path",
        "The path; null if there is none, or none within the bounds.",
        typeRef(PATH),
        field -> Sources.of(field, Answer.class).path());
    add(
        type,
        ANSWER,
        "cut",
        "Whether the search was cut before it had seen everything.",
        nonNull(GraphQLBoolean),
        field -> Sources.of(field, Answer.class).cut());
    return type.build();
  }

  private GraphQLObjectType path() {
    GraphQLObjectType.Builder type =
        GraphQLObjectType.newObject().name(PATH).description("A way from one document to another.");
    add(
        type,
        PATH,
        "length",
        "How many edges; 0 if both ends are the same.",
        nonNull(GraphQLInt),
        field -> Sources.of(field, Way.class).edges().size());
    add(
        type,
        PATH,
        "weight",
        "Sum of the weights; null if the path has the fewest edges.",
        GraphQLFloat,
        field -> Sources.of(field, Way.class).weight());
    add(
        type,
        PATH,
        "vertices",
        "From the one end to the other, both ends included.",
        nonNull(SchemaDraft.listOf(ReachSchema.REACHED)),
        field -> Sources.of(field, Way.class).vertices());
    add(
        type,
        PATH,
        "edges",
        "Between each two of the vertices.",
        nonNull(SchemaDraft.listOf(EDGE)),
        field -> Sources.of(field, Way.class).edges());
    return type.build();
  }

  private GraphQLObjectType edge() {
    GraphQLObjectType.Builder type =
        GraphQLObjectType.newObject().name(EDGE).description("An edge of a path.");
    add(
        type,
        EDGE,
        "edges",
        "Name of its type.",
        nonNull(GraphQLString),
        field -> Sources.of(field, Passed.class).edge().edges().definition().name());
    add(
        type,
        EDGE,
        "side",
        "Which way it is passed.",
        nonNull(typeRef(ReachSchema.SIDE)),
        field -> PathFields.side(Sources.of(field, Passed.class)));
    add(
        type,
        EDGE,
        "key",
        "Its key: of both ends, and its id.",
        nonNull(Scalars.TUPLE),
        field -> {
          Passed passed = Sources.of(field, Passed.class);
          return passed.edge().edges().keys().value(passed.arc().link().edge());
        });
    add(
        type,
        EDGE,
        "properties",
        "Its own document.",
        Scalars.JSON,
        field -> PathFields.properties(Sources.of(field, Passed.class)));
    return type.build();
  }

  /** Adds the field to the type of a collection's vertices. */
  void add(CollectionModel collection, GraphQLObjectType.Builder type, String typeName) {
    var field =
        SchemaDraft.field(
                FIELD,
                "A path of the fewest edges to another document, or of the least weight.",
                typeRef(ANSWER))
            .argument(
                argument(PathFields.TO, "Key of the document to arrive at.", nonNull(Scalars.JSON)))
            .argument(
                argument(
                    PathFields.TO_COLLECTION,
                    "Name of its collection, if it is another one.",
                    GraphQLString))
            .argument(
                argument(
                    EdgeSteps.ALONG,
                    "Which edges may be followed.",
                    nonNull(list(nonNull(typeRef(ReachSchema.STEP))))))
            .argument(
                argument(
                    ReachFields.HOPS,
                    "Most edges of the path, 1 to %d, which it is if it is not said."
                        .formatted(ReachFields.MOST_HOPS),
                    GraphQLInt))
            .argument(
                argument(
                    PathFields.WEIGHT,
                    "Path of the property that is an edge's weight, a number from 0 on.",
                    GraphQLString))
            .argument(
                argument(
                    LinkArguments.WITHIN,
                    "How many edges and documents are looked at, %d if it is not said."
                        .formatted(PathFields.USUAL_EDGES),
                    GraphQLInt))
            .build();
    schema.field(type, typeName, field, fields.shortest(collection));
    schema.cost(typeName, FIELD, schema.prices().of(Kind.WALK, null, new PathCost()));
  }

  /** The documents on the path, and what is looked at to find it. */
  private record PathCost() implements Costs.Rule {
    @Override
    public long documents(Costs.Given given) {
      return given.number(ReachFields.HOPS, ReachFields.MOST_HOPS) + 1;
    }

    @Override
    public long besides(Costs.Given given) {
      return given.number(LinkArguments.WITHIN, PathFields.USUAL_EDGES);
    }
  }

  private void add(
      GraphQLObjectType.Builder type,
      String typeName,
      String name,
      String description,
      GraphQLOutputType output,
      DataFetcher<?> fetcher) {
    schema.field(type, typeName, new Column(name, description, output), fetcher);
  }
}
