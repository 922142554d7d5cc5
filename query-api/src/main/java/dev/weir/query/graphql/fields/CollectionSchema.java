package dev.weir.query.graphql.fields;

import static dev.weir.query.graphql.types.Inputs.argument;
import static graphql.Scalars.GraphQLBoolean;
import static graphql.Scalars.GraphQLID;
import static graphql.Scalars.GraphQLInt;
import static graphql.Scalars.GraphQLString;
import static graphql.schema.GraphQLList.list;
import static graphql.schema.GraphQLNonNull.nonNull;
import static graphql.schema.GraphQLTypeReference.typeRef;

import dev.weir.query.RangeWish;
import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.query.graphql.GraphQlSettings.Kind;
import dev.weir.query.graphql.types.CollectionModel;
import dev.weir.query.graphql.types.CollectionNames;
import dev.weir.query.graphql.types.Scalars;
import dev.weir.store.Query;
import graphql.schema.DataFetcher;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The types and fields of one collection. */
final class CollectionSchema {
  /** One instance, because types of one name must be the same object. */
  private static final GraphQLEnumType KEY_ORDER =
      GraphQLEnumType.newEnum()
          .name("KeyOrder")
          .description("Direction of a list.")
          .value("ASC", Query.Order.ASC, "From the lowest key up.")
          .value("DESC", Query.Order.DESC, "From the highest key down.")
          .build();

  private final CollectionModel collection;
  private final CollectionNames names;
  private final SchemaDraft schema;
  private final RangeFields ranges;
  private final GraphQlSettings.Work bounds;

  CollectionSchema(
      CollectionModel collection,
      SchemaDraft schema,
      RangeFields ranges,
      GraphQlSettings.Work bounds) {
    this.collection = collection;
    this.names = collection.names();
    this.schema = schema;
    this.ranges = ranges;
    this.bounds = bounds;
  }

  /**
   * Adds the types of nodes and connections.
   *
   * @param edge what makes the documents edges; null = they are vertices
   * @param follow the fields that follow a vertex's edges
   */
  void addTypes(
      @Nullable EdgeModel edge, List<LinkField> follow, LinkSchema links, WalkSchema walks) {
    List<GraphQLNamedType> types = new ArrayList<>(collection.documents().types());
    ObjectDraft node = node(collection.documents().typed());
    follow.forEach(link -> links.add(link, node));
    if (!follow.isEmpty()) {
      walks.add(collection, node);
    }
    if (edge != null) {
      end(node, "from", "The document it begins at.", edge.from(), LinkFields.end(edge, true));
      end(node, "to", "The document it ends at.", edge.to(), LinkFields.end(edge, false));
      links.add(edge);
    }
    types.add(node.build());
    types.add(edge());
    types.add(connection());
    types.forEach(type -> schema.type(schema.interfaces().complete(type)));
  }

  private void end(
      ObjectDraft type,
      String name,
      String description,
      CollectionModel target,
      DataFetcher<?> fetcher) {
    type.field(name, description, typeRef(target.names().typeBase()), fetcher)
        .cost(name, schema.prices().of(Kind.GET, target, given -> 1));
  }

  private ObjectDraft node(boolean typed) {
    return schema
        .object(
            names.typeBase(),
            "A document of the collection '" + collection.definition().name() + "'.")
        .implementing(typeRef(SchemaDraft.NODE))
        .field("id", "Global id.", nonNull(GraphQLID), NodeFields.id())
        .field("key", keyText(), nonNull(key()), NodeFields.key())
        .field(
            "version",
            "Which log record made it; the REST API's ETag.",
            nonNull(GraphQLString),
            NodeFields.version())
        .field(
            "timestamp",
            "Milliseconds since the epoch, of the event that made it.",
            nonNull(Scalars.LONG),
            NodeFields.timestamp())
        .field("json", "The whole document.", Scalars.JSON, NodeFields.json())
        .field(
            "document",
            typed ? "The document by the collection's JSON Schema." : "The whole document.",
            typed ? typeRef(names.document()) : Scalars.JSON,
            typed ? NodeFields.tree() : NodeFields.json());
  }

  private GraphQLObjectType edge() {
    return schema
        .object(names.edge(), "A document in a list.")
        .field("cursor", "Its place in the list.", nonNull(GraphQLString), ranges.cursor())
        .field("node", "The document.", nonNull(typeRef(names.typeBase())), RangeFields.node())
        .build();
  }

  private GraphQLObjectType connection() {
    return schema
        .object(names.connection(), "A page of a list.")
        .field(
            "edges",
            "The documents of the page.",
            nonNull(SchemaDraft.listOf(names.edge())),
            RangeFields.edges())
        .field(
            "pageInfo",
            "Where the page lies.",
            nonNull(typeRef(SchemaDraft.PAGE_INFO)),
            field -> field.getSource())
        .build();
  }

  /** Adds the fields that read. */
  void addQueries() {
    LookupFields lookups = new LookupFields(bounds);
    String of = " of '" + collection.definition().name() + "'";
    schema.query(
        SchemaDraft.field(
                names.base(), "The document" + of + " under a key.", typeRef(names.typeBase()))
            .argument(argument(Arguments.KEY, keyText(), nonNull(key())))
            .build(),
        lookups.one(collection),
        schema.prices().of(Kind.GET, collection, given -> 1));
    schema.query(
        SchemaDraft.field(
                names.byKeys(),
                "The documents" + of + " under several keys, in their order; null where none is.",
                list(typeRef(names.typeBase())))
            .argument(argument(Arguments.KEYS, keyText(), nonNull(list(nonNull(key())))))
            .build(),
        lookups.many(collection),
        schema.prices().of(Kind.GET, collection, given -> given.size(Arguments.KEYS)));
    schema.query(
        range(
            SchemaDraft.field(
                names.range(),
                "The documents" + of + ", of a range of keys or chosen by contents, by pages.",
                typeRef(names.connection()))),
        ranges.connection(arguments()),
        schema.prices().of(CollectionSchema::kind, collection, this::page));
    if (json()) {
      addAggregate(of);
    }
  }

  FindArguments arguments() {
    return new FindArguments(collection);
  }

  boolean json() {
    return collection.definition().format().equals("json");
  }

  private void addAggregate(String of) {
    GraphQLFieldDefinition.Builder field =
        SchemaDraft.field(
                names.aggregate(),
                "What the documents" + of + " come to, by the values of a field.",
                nonNull(SchemaDraft.listOf(GroupFields.TYPE)))
            .argument(arguments().where())
            .argument(
                argument(
                    GroupFields.GROUP_BY,
                    "Path of the field whose values part the documents; else they are one group.",
                    GraphQLString))
            .argument(FindArguments.explain());
    keys(field);
    schema.query(
        field.build(),
        new GroupFields(bounds).groups(arguments()),
        schema.prices().of(Kind.AGGREGATE, collection, given -> bounds.defaultPage()));
  }

  private long page(Costs.Given given) {
    return given.number(RangeQuery.FIRST, given.number(RangeQuery.LAST, bounds.defaultPage()));
  }

  private static Kind kind(Costs.Given given) {
    return given.has(FindArguments.WHERE) || given.has(FindArguments.ORDER_BY)
        ? Kind.FIND
        : Kind.LIST;
  }

  private GraphQLFieldDefinition range(GraphQLFieldDefinition.Builder field) {
    String page = "Size of the page, at most " + bounds.maxPage() + ", from the ";
    field
        .argument(argument(RangeQuery.FIRST, page + "start.", GraphQLInt))
        .argument(argument(RangeQuery.AFTER, "Cursor the page begins behind.", GraphQLString))
        .argument(argument(RangeQuery.LAST, page + "end.", GraphQLInt))
        .argument(argument(RangeQuery.BEFORE, "Cursor the page ends ahead of.", GraphQLString))
        .argument(
            GraphQLArgument.newArgument()
                .name(RangeQuery.ORDER)
                .description("Direction of the list.")
                .type(nonNull(KEY_ORDER))
                .defaultValueProgrammatic(Query.Order.ASC)
                .build());
    keys(field);
    if (json()) {
      field
          .argument(arguments().where())
          .argument(arguments().orderBy())
          .argument(FindArguments.explain());
    }
    return field.build();
  }

  /** What names a range of keys. */
  void keys(GraphQLFieldDefinition.Builder field) {
    field
        .argument(argument(RangeWish.FROM, "Lowest key. " + keyText(), key()))
        .argument(flag(RangeWish.FROM_INCLUSIVE, "Whether 'from' itself belongs to it.", true))
        .argument(argument(RangeWish.TO, "Highest key. " + keyText(), key()))
        .argument(flag(RangeWish.TO_INCLUSIVE, "Whether 'to' itself belongs to it.", false));
    collection
        .keys()
        .prefixScalar()
        .ifPresent(
            scalar ->
                field.argument(argument(RangeWish.PREFIX, "What the keys begin with.", scalar)));
  }

  private GraphQLScalarType key() {
    return collection.keys().scalar();
  }

  private String keyText() {
    return "A key of type " + collection.definition().keyType().text() + ".";
  }

  private static GraphQLArgument flag(String name, String description, boolean otherwise) {
    return GraphQLArgument.newArgument()
        .name(name)
        .description(description)
        .type(nonNull(GraphQLBoolean))
        .defaultValueProgrammatic(otherwise)
        .build();
  }
}
