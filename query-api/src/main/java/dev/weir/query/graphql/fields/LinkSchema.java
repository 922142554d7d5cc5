package dev.weir.query.graphql.fields;

import static dev.weir.query.graphql.types.Inputs.argument;
import static dev.weir.query.graphql.types.Inputs.input;
import static graphql.Scalars.GraphQLBoolean;
import static graphql.Scalars.GraphQLInt;
import static graphql.Scalars.GraphQLString;
import static graphql.schema.GraphQLList.list;
import static graphql.schema.GraphQLNonNull.nonNull;
import static graphql.schema.GraphQLTypeReference.typeRef;

import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.query.graphql.GraphQlSettings.Kind;
import dev.weir.query.graphql.types.CollectionModel;
import dev.weir.query.graphql.types.OrderTypes;
import dev.weir.query.graphql.types.Scalars;
import dev.weir.store.GraphQuery.Side;
import graphql.Directives;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLObjectType;

/** The types of the lists of edges that vertices have, and the fields that lead to them. */
final class LinkSchema {
  private final SchemaDraft schema;
  private final LinkFields fields;
  private final GraphQlSettings.Work bounds;

  LinkSchema(SchemaDraft schema, LinkFields fields, GraphQlSettings.Work bounds) {
    this.schema = schema;
    this.fields = fields;
    this.bounds = bounds;
  }

  /** Adds the lists of an edge type, as they are seen from either end. */
  void add(EdgeModel edge) {
    for (Side side : Side.values()) {
      schema.type(edge(edge, side, edge.edges().documents().typed()));
      schema.type(connection(edge, side));
      schema.type(order(edge, side));
    }
  }

  private static GraphQLInputObjectType order(EdgeModel edge, Side side) {
    return GraphQLInputObjectType.newInputObject()
        .name(edge.order(side))
        .description(
            "What edges '"
                + edge.edges().definition().name()
                + "' are put in order by: one of these. Edges without a value come last.")
        .withAppliedDirective(Directives.OneOfDirective.toAppliedDirective())
        .field(
            input(
                LinkArguments.PROPERTY,
                "By a property of the edge.",
                new FindArguments(edge.edges()).entry()))
        .field(
            input(
                LinkArguments.NODE,
                "By a field of the document at the other end.",
                new FindArguments(edge.others(side)).entry()))
        .field(input(LinkArguments.KEY, "By the key of the other end.", OrderTypes.DIRECTION))
        .build();
  }

  private GraphQLObjectType connection(EdgeModel edge, Side side) {
    return schema
        .object(
            edge.connection(side),
            "Edges '" + edge.edges().definition().name() + "' of a document.")
        .field(
            "degree",
            "How many there are, whatever 'where' says; without pages or limits.",
            nonNull(Scalars.LONG),
            fields.degree())
        .field(
            "edges",
            "The edges of the page.",
            nonNull(SchemaDraft.listOf(edge.edge(side))),
            fields.edges())
        .field(
            "pageInfo",
            "Where the page lies.",
            nonNull(typeRef(SchemaDraft.PAGE_INFO)),
            fields.pageInfo())
        .build();
  }

  private GraphQLObjectType edge(EdgeModel edge, Side side, boolean typed) {
    CollectionModel others = edge.others(side);
    return schema
        .object(
            edge.edge(side),
            "An edge '"
                + edge.edges().definition().name()
                + (side == Side.OUT ? "' that begins here." : "' that ends here."))
        .field("cursor", "Its place in the list.", nonNull(GraphQLString), fields.cursor())
        .field(
            "key",
            "The edge's key: of both ends, and its id.",
            nonNull(Scalars.TUPLE),
            LinkFields.key(edge))
        .field(
            "version",
            "Which log record made the edge.",
            nonNull(GraphQLString),
            LinkFields.version())
        .field(
            "timestamp",
            "Milliseconds since the epoch, of the event that made the edge.",
            nonNull(Scalars.LONG),
            LinkFields.timestamp())
        .field(
            "properties",
            "The edge's own document.",
            typed ? typeRef(edge.edges().names().document()) : Scalars.JSON,
            LinkFields.properties(edge, typed))
        .field(
            "nodeKey",
            "Key of the document at the other end.",
            nonNull(others.keys().scalar()),
            LinkFields.nodeKey(others))
        .field(
            "node",
            "The document at the other end; null if there is none.",
            typeRef(others.names().typeBase()),
            LinkFields.node(others))
        .cost("node", schema.prices().of(Kind.GET, others, given -> 1))
        .field(
            "dangling",
            "Whether there is no document at the other end.",
            GraphQLBoolean,
            LinkFields.dangling(others))
        .cost("dangling", schema.prices().of(Kind.GET, others, given -> 1))
        .build();
  }

  /** Adds a field that follows edges to the type of its vertices. */
  void add(LinkField link, ObjectDraft type) {
    String edges = "'" + link.edge().edges().definition().name() + "'";
    GraphQLFieldDefinition.Builder field =
        SchemaDraft.field(
            link.name(),
            link.side() == Side.OUT
                ? "The edges " + edges + " that begin here."
                : "The edges " + edges + " that end here.",
            nonNull(typeRef(link.edge().connection(link.side()))));
    field
        .argument(
            argument(
                LinkArguments.FIRST,
                "Size of the page, at most " + bounds.maxPage() + ".",
                GraphQLInt))
        .argument(argument(LinkArguments.AFTER, "Cursor the page begins behind.", GraphQLString))
        .argument(
            new FindArguments(link.edge().edges())
                .where(LinkArguments.WHERE, "Which edges, by their properties"))
        .argument(
            new FindArguments(link.edge().others(link.side()))
                .where(
                    LinkArguments.WHERE_NODE, "Which edges, by the documents at their other ends"))
        .argument(
            argument(
                LinkArguments.ORDER_BY,
                "Order of the list; without it, that of the other ends' keys.",
                list(nonNull(typeRef(link.edge().order(link.side()))))))
        .argument(
            argument(
                LinkArguments.WITHIN,
                "How many edges are looked at for 'whereNode' and 'orderBy', "
                    + bounds.maxPage()
                    + " if it is not said. A page of 'whereNode' may be shorter for it, and goes on"
                    + " at its endCursor.",
                GraphQLInt));
    type.field(field.build(), fields.connection(link))
        .cost(
            link.name(), schema.prices().of(Kind.EDGES, link.edge().edges(), new LinkCost(bounds)));
  }

  /** A page of edges costs as many documents, and what is looked at to find them besides. */
  private record LinkCost(GraphQlSettings.Work bounds) implements Costs.Rule {
    @Override
    public long documents(Costs.Given given) {
      return Math.max(1, given.number(LinkArguments.FIRST, bounds.defaultPage()));
    }

    @Override
    public long besides(Costs.Given given) {
      return given.has(LinkArguments.WHERE_NODE) || given.has(LinkArguments.ORDER_BY)
          ? given.number(LinkArguments.WITHIN, bounds.maxPage())
          : 0;
    }
  }
}
