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
import dev.weir.query.graphql.types.CollectionModel;
import dev.weir.query.graphql.types.Scalars;
import dev.weir.query.graphql.types.Sources;
import graphql.schema.GraphQLObjectType;

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
    return schema
        .object(ANSWER, "Whether a path was found.")
        .field(
            "path",
            "The path; null if there is none, or none within the bounds.",
            typeRef(PATH),
            field -> Sources.of(field, Answer.class).path())
        .field(
            "cut",
            "Whether the search was cut before it had seen everything.",
            nonNull(GraphQLBoolean),
            field -> Sources.of(field, Answer.class).cut())
        .build();
  }

  private GraphQLObjectType path() {
    return schema
        .object(PATH, "A way from one document to another.")
        .field(
            "length",
            "How many edges; 0 if both ends are the same.",
            nonNull(GraphQLInt),
            field -> Sources.of(field, Way.class).edges().size())
        .field(
            "weight",
            "Sum of the weights; null if the path has the fewest edges.",
            GraphQLFloat,
            field -> Sources.of(field, Way.class).weight())
        .field(
            "vertices",
            "From the one end to the other, both ends included.",
            nonNull(SchemaDraft.listOf(ReachSchema.REACHED)),
            field -> Sources.of(field, Way.class).vertices())
        .field(
            "edges",
            "Between each two of the vertices.",
            nonNull(SchemaDraft.listOf(EDGE)),
            field -> Sources.of(field, Way.class).edges())
        .build();
  }

  private GraphQLObjectType edge() {
    return schema
        .object(EDGE, "An edge of a path.")
        .field(
            "edges",
            "Name of its type.",
            nonNull(GraphQLString),
            field -> Sources.of(field, Passed.class).edge().edges().definition().name())
        .field(
            "side",
            "Which way it is passed.",
            nonNull(typeRef(ReachSchema.SIDE)),
            field -> PathFields.side(Sources.of(field, Passed.class)))
        .field(
            "key",
            "Its key: of both ends, and its id.",
            nonNull(Scalars.TUPLE),
            field -> {
              Passed passed = Sources.of(field, Passed.class);
              return passed.edge().edges().keys().value(passed.arc().link().edge());
            })
        .field(
            "properties",
            "Its own document.",
            Scalars.JSON,
            field -> PathFields.properties(Sources.of(field, Passed.class)))
        .build();
  }

  /** Adds the field to the type of a collection's vertices. */
  void add(CollectionModel collection, ObjectDraft type) {
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
    type.field(field, fields.shortest(collection))
        .cost(FIELD, schema.prices().of(Kind.WALK, null, new PathCost()));
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
}
