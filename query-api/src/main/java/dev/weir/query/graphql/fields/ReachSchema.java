package dev.weir.query.graphql.fields;

import static dev.weir.query.graphql.types.Inputs.argument;
import static dev.weir.query.graphql.types.Inputs.input;
import static graphql.Scalars.GraphQLBoolean;
import static graphql.Scalars.GraphQLID;
import static graphql.Scalars.GraphQLInt;
import static graphql.Scalars.GraphQLString;
import static graphql.schema.GraphQLList.list;
import static graphql.schema.GraphQLNonNull.nonNull;
import static graphql.schema.GraphQLTypeReference.typeRef;

import dev.weir.graph.Direction;
import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.query.graphql.GraphQlSettings.Kind;
import dev.weir.query.graphql.fields.Reached.Found;
import dev.weir.query.graphql.types.CollectionModel;
import dev.weir.query.graphql.types.NodeIds;
import dev.weir.query.graphql.types.Scalars;
import dev.weir.query.graphql.types.Sources;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLObjectType;

/** The types around {@code reach}, and the field itself. */
final class ReachSchema {
  static final String FIELD = "reach";
  static final String STEP = "EdgeStep";
  static final String REACHED = "Reached";
  static final String SIDE = "EdgeSide";
  private static final String REACH = "Reach";

  private final SchemaDraft schema;
  private final ReachFields fields;
  private final GraphQlSettings.Work bounds;

  ReachSchema(SchemaDraft schema, ReachFields fields, GraphQlSettings.Work bounds) {
    this.schema = schema;
    this.fields = fields;
    this.bounds = bounds;
  }

  /** What all vertices share. */
  void addShared() {
    schema.type(
        GraphQLEnumType.newEnum()
            .name(SIDE)
            .description("Which way edges are followed.")
            .value("OUT", Direction.OUT, "From where they begin to where they end.")
            .value("IN", Direction.IN, "From where they end to where they begin.")
            .value("BOTH", Direction.BOTH, "Either way.")
            .build());
    schema.type(
        GraphQLInputObjectType.newInputObject()
            .name(STEP)
            .description("Edges that may be followed.")
            .field(
                input(
                    EdgeSteps.EDGES,
                    "Name of the edge type, as in the definitions.",
                    nonNull(GraphQLString)))
            .field(
                GraphQLInputObjectField.newInputObjectField()
                    .name(EdgeSteps.SIDE)
                    .description("Which way.")
                    .type(nonNull(typeRef(SIDE)))
                    .defaultValueProgrammatic(Direction.OUT)
                    .build())
            .field(
                input(
                    LinkArguments.WHERE,
                    "Which of them, by their properties, such as {since: {gt: 2001}}.",
                    Scalars.JSON))
            .build());
    schema.type(reached());
    schema.type(reach());
  }

  private GraphQLObjectType reached() {
    return schema
        .object(REACHED, "A document that was reached.")
        .field(
            "distance",
            "How many edges lead to it at least.",
            nonNull(GraphQLInt),
            field -> Sources.of(field, Found.class).distance())
        .field(
            "id",
            "Global id of the document, be it there or not.",
            nonNull(GraphQLID),
            field -> {
              Reached.Place place = Sources.of(field, Found.class).place();
              return NodeIds.text(place.collection().id(), place.key());
            })
        .field(
            "collection",
            "Name of its collection.",
            nonNull(GraphQLString),
            field -> Sources.of(field, Found.class).place().collection().definition().name())
        .field(
            "node",
            "The document; null if there is none.",
            typeRef(SchemaDraft.NODE),
            ReachFields.node())
        .cost("node", schema.prices().of(Kind.GET, null, given -> 1))
        .build();
  }

  private GraphQLObjectType reach() {
    return schema
        .object(REACH, "What can be reached over edges.")
        .field(
            "vertices",
            "Each once, nearest first, without the document where it began.",
            nonNull(SchemaDraft.listOf(REACHED)),
            field -> Sources.of(field, Reached.class).vertices())
        .field(
            "cut",
            "Whether there may be more than was looked at.",
            nonNull(GraphQLBoolean),
            field -> Sources.of(field, Reached.class).cut())
        .build();
  }

  /** Adds the field to the type of a collection's vertices. */
  void add(CollectionModel collection, ObjectDraft type) {
    var field =
        SchemaDraft.field(
                FIELD,
                "Documents that can be reached from here over edges, breadth first.",
                nonNull(typeRef(REACH)))
            .argument(
                argument(
                    EdgeSteps.ALONG,
                    "Which edges may be followed.",
                    nonNull(list(nonNull(typeRef(STEP))))))
            .argument(
                argument(
                    ReachFields.HOPS,
                    "How many edges one after the other, 1 to %d; %d if it is not said."
                        .formatted(ReachFields.MOST_HOPS, ReachFields.USUAL_HOPS),
                    GraphQLInt))
            .argument(
                argument(
                    ReachFields.ONLY,
                    "Name of the collection whose documents are answered; others are walked"
                        + " through.",
                    GraphQLString))
            .argument(
                argument(
                    LinkArguments.FIRST,
                    "Most documents answered, at most " + bounds.maxPage() + ".",
                    GraphQLInt))
            .argument(
                argument(
                    LinkArguments.WITHIN,
                    "How many edges are looked at, " + bounds.maxPage() + " if it is not said.",
                    GraphQLInt))
            .build();
    type.field(field, fields.reach(collection))
        .cost(FIELD, schema.prices().of(Kind.WALK, null, new ReachCost(bounds)));
  }

  /** The documents answered, and the edges looked at. */
  private record ReachCost(GraphQlSettings.Work bounds) implements Costs.Rule {
    @Override
    public long documents(Costs.Given given) {
      return Math.max(1, given.number(LinkArguments.FIRST, bounds.defaultPage()));
    }

    @Override
    public long besides(Costs.Given given) {
      return given.number(LinkArguments.WITHIN, bounds.maxPage());
    }
  }
}
