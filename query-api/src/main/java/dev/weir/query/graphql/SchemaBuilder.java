package dev.weir.query.graphql;

import static graphql.Scalars.GraphQLBoolean;
import static graphql.Scalars.GraphQLID;
import static graphql.Scalars.GraphQLString;
import static graphql.schema.GraphQLList.list;
import static graphql.schema.GraphQLNonNull.nonNull;
import static graphql.schema.GraphQLTypeReference.typeRef;

import dev.weir.query.Cursors;
import dev.weir.query.Database;
import dev.weir.query.changes.PlaceTokens;
import dev.weir.query.graphql.GraphQlSettings.Kind;
import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import graphql.TypeResolutionEnvironment;
import graphql.schema.DataFetcher;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the schema of a catalogue: the fields of the root and what all collections share. */
final class SchemaBuilder {
  static final String QUERY = "Query";
  static final String MUTATION = "Mutation";
  static final String SUBSCRIPTION = "Subscription";
  static final String NODE = "Node";
  static final String PAGE_INFO = "PageInfo";

  private final GraphQLCodeRegistry.Builder code = GraphQLCodeRegistry.newCodeRegistry();
  private final Map<FieldCoordinates, Costs.Rule> costs = new HashMap<>();
  private final GraphQLObjectType.Builder query =
      GraphQLObjectType.newObject().name(QUERY).description("What can be asked.");
  private final GraphQLObjectType.Builder mutation =
      GraphQLObjectType.newObject().name(MUTATION).description("What can be written.");
  private final GraphQLObjectType.Builder subscription =
      GraphQLObjectType.newObject().name(SUBSCRIPTION).description("What can be followed.");
  private final GraphQLSchema.Builder schema = GraphQLSchema.newSchema();
  private final Database database;
  private final Cursors cursors;
  private final PlaceTokens places;
  private final GraphQlSettings.Work bounds;
  private final Prices prices;
  private Interfaces interfaces = Interfaces.of(List.of()); // known once the collections are

  private SchemaBuilder(
      Database database, Cursors cursors, PlaceTokens places, GraphQlSettings settings) {
    this.database = database;
    this.cursors = cursors;
    this.places = places;
    this.bounds = settings.work();
    this.prices = new Prices(settings.weights());
  }

  /**
   * A schema with what belongs to it.
   *
   * @param schema with the fetchers of its fields
   * @param costs of its fields
   * @param gets the fields that get a document by its key
   */
  record Built(GraphQLSchema schema, Costs costs, PlannedGets gets) {}

  static Built build(
      Catalogue catalogue,
      Database database,
      Cursors cursors,
      PlaceTokens places,
      GraphQlSettings settings) {
    return new SchemaBuilder(database, cursors, places, settings).build(catalogue);
  }

  private Built build(Catalogue catalogue) {
    Map<Integer, CollectionModel> collections = models(catalogue);
    RangeFields ranges = new RangeFields(cursors, bounds);
    LinkFields linkFields = new LinkFields(cursors, bounds);
    LinkSchema links = new LinkSchema(this, linkFields, bounds);
    Map<Integer, EdgeModel> edges = edges(collections);
    Map<Integer, List<LinkField>> fields = LinkField.of(List.copyOf(edges.values()));
    GraphQLInterfaceType node = nodeInterface();
    type(node);
    interfaces = Interfaces.of(collections.values());
    for (GraphQLInterfaceType shared : interfaces.types(node)) {
      type(shared);
      code.typeResolver(shared, SchemaBuilder::stored);
    }
    type(pageInfo(new PageInfoFields(ranges, linkFields)));
    EdgeSteps steps = new EdgeSteps(edges.values(), collections.values());
    WalkSchema walks =
        new WalkSchema(
            new ReachSchema(this, new ReachFields(steps, bounds), bounds),
            new PathSchema(this, new PathFields(steps, collections, bounds)));
    if (!edges.isEmpty()) {
      walks.addShared();
    }
    FindArguments.shared().forEach(this::type);
    GroupFields.addShared(this);
    node(collections);
    new CollectionsField(database).addTo(this, new ArrayList<>(collections.values()));
    boolean writable = false;
    boolean followed = false;
    ChangeSchema changes = new ChangeSchema(this, new ChangeFields(places, bounds));
    for (CollectionModel collection : collections.values()) {
      CollectionSchema own = new CollectionSchema(collection, this, ranges, bounds);
      own.addTypes(
          edges.get(collection.id()),
          fields.getOrDefault(collection.id(), List.of()),
          links,
          walks);
      own.addQueries();
      if (collection.definition().changes() > 0) {
        changes.add(own, own.arguments());
        followed = true;
      }
      if (WriteFields.writable(collection)) {
        new WriteSchema(collection, this, bounds).add();
        writable = true;
      }
    }
    schema.query(query.build());
    schema.additionalDirective(Freshness.directive());
    schema.additionalDirective(Freshness.partialDirective());
    if (writable) {
      new BatchSchema(collections.values(), this, bounds).add();
      schema.mutation(mutation.build());
    }
    if (followed) {
      schema.subscription(subscription.build());
    }
    GraphQLSchema built = schema.codeRegistry(code.build()).build();
    return new Built(
        built, new Costs(built, costs), new PlannedGets(built, collections.values(), prices));
  }

  private Map<Integer, CollectionModel> models(Catalogue catalogue) {
    List<CollectionDefinition> definitions = catalogue.collections();
    List<CollectionNames> names = CollectionNames.of(definitions);
    Map<Integer, CollectionModel> models = new LinkedHashMap<>();
    for (int i = 0; i < definitions.size(); i++) {
      CollectionDefinition definition = definitions.get(i);
      models.put(
          definition.id(),
          new CollectionModel(
              definition,
              names.get(i),
              new KeyForm(definition.keyType()),
              DocumentModel.of(definition, names.get(i).document(), code)));
    }
    return models;
  }

  private static Map<Integer, EdgeModel> edges(Map<Integer, CollectionModel> collections) {
    Map<String, CollectionModel> byName = new HashMap<>();
    collections.values().forEach(c -> byName.put(c.definition().name(), c));
    Map<Integer, EdgeModel> edges = new LinkedHashMap<>();
    for (CollectionModel collection : collections.values()) {
      CollectionDefinition.Edge edge = collection.definition().edge();
      CollectionModel from = edge == null ? null : byName.get(edge.from());
      CollectionModel to = edge == null ? null : byName.get(edge.to());
      if (from != null && to != null) {
        edges.put(collection.id(), new EdgeModel(collection, from, to));
      }
    }
    return edges;
  }

  GraphQLCodeRegistry.Builder code() {
    return code;
  }

  /** Adds a type that fields refer to by name. */
  void type(GraphQLNamedType type) {
    schema.additionalType(type);
  }

  /** Adds a field to the queries. */
  void query(GraphQLFieldDefinition field, DataFetcher<?> fetcher, Costs.Rule cost) {
    query.field(field);
    fetch(QUERY, field.getName(), fetcher);
    cost(QUERY, field.getName(), cost);
  }

  /** Adds a field to the mutations. */
  void mutation(GraphQLFieldDefinition field, DataFetcher<?> fetcher, Costs.Rule cost) {
    mutation.field(field);
    fetch(MUTATION, field.getName(), fetcher);
    cost(MUTATION, field.getName(), cost);
  }

  /** What types have in common. */
  Interfaces interfaces() {
    return interfaces;
  }

  /** Adds a field to the subscriptions. */
  void subscription(GraphQLFieldDefinition field, DataFetcher<?> fetcher, Costs.Rule cost) {
    subscription.field(field);
    fetch(SUBSCRIPTION, field.getName(), fetcher);
    cost(SUBSCRIPTION, field.getName(), cost);
  }

  /** What fields cost by the configured weights. */
  Prices prices() {
    return prices;
  }

  /** Says what a field costs; other fields are free. */
  void cost(String type, String field, Costs.Rule rule) {
    costs.put(FieldCoordinates.coordinates(type, field), rule);
  }

  /** Adds a field without arguments to a type. */
  void field(
      GraphQLObjectType.Builder type, String typeName, Column column, DataFetcher<?> fetcher) {
    type.field(field(column.name(), column.description(), column.type()).build());
    fetch(typeName, column.name(), fetcher);
  }

  /** Adds a field to a type. */
  void field(
      GraphQLObjectType.Builder type,
      String typeName,
      GraphQLFieldDefinition field,
      DataFetcher<?> fetcher) {
    type.field(field);
    fetch(typeName, field.getName(), fetcher);
  }

  /** A field of an object without arguments. */
  record Column(String name, String description, GraphQLOutputType type) {}

  static GraphQLFieldDefinition.Builder field(
      String name, String description, GraphQLOutputType type) {
    return GraphQLFieldDefinition.newFieldDefinition()
        .name(name)
        .description(description)
        .type(type);
  }

  private void fetch(String type, String field, DataFetcher<?> fetcher) {
    code.dataFetcher(FieldCoordinates.coordinates(type, field), fetcher);
  }

  private void node(Map<Integer, CollectionModel> collections) {
    GraphQLArgument id =
        GraphQLArgument.newArgument()
            .name("id")
            .description("The 'id' that a node has given.")
            .type(nonNull(GraphQLID))
            .build();
    query(
        field("node", "The document with a global id, of whichever collection.", typeRef(NODE))
            .argument(id)
            .build(),
        new LookupFields(bounds).node(Map.copyOf(collections)),
        prices.of(Kind.GET, null, given -> 1));
  }

  /**
   * No field has an interface of contents as its type, so only stored documents are asked about.
   */
  private static @Nullable GraphQLObjectType stored(TypeResolutionEnvironment resolved) {
    StoredNode node = Objects.requireNonNull(resolved.<StoredNode>getObject());
    return resolved.getSchema().getObjectType(node.collection().names().typeBase());
  }

  private GraphQLInterfaceType nodeInterface() {
    code.typeResolver(NODE, SchemaBuilder::stored);
    return GraphQLInterfaceType.newInterface()
        .name(NODE)
        .description("A stored document of any collection (Relay's object identification).")
        .field(field("id", "Stays the same for collection and key.", nonNull(GraphQLID)))
        .field(field("version", "Which log record made it.", nonNull(GraphQLString)))
        .field(
            field(
                "timestamp",
                "Milliseconds since the epoch, of the event that made it.",
                nonNull(Scalars.LONG)))
        .field(field("json", "The whole document.", Scalars.JSON))
        .build();
  }

  private GraphQLObjectType pageInfo(PageInfoFields pages) {
    GraphQLObjectType.Builder type =
        GraphQLObjectType.newObject()
            .name(PAGE_INFO)
            .description("Where a page lies in its list (Relay's cursor connections).");
    field(
        type,
        PAGE_INFO,
        new Column("hasNextPage", "Whether the list goes on.", nonNull(GraphQLBoolean)),
        pages.hasNextPage());
    field(
        type,
        PAGE_INFO,
        new Column("hasPreviousPage", "Whether it began before.", nonNull(GraphQLBoolean)),
        pages.hasPreviousPage());
    field(
        type,
        PAGE_INFO,
        new Column("startCursor", "Of the first edge; null on an empty page.", GraphQLString),
        pages.startCursor());
    field(
        type,
        PAGE_INFO,
        new Column("endCursor", "Of the last edge; null on an empty page.", GraphQLString),
        pages.endCursor());
    return type.build();
  }

  static GraphQLOutputType listOf(String type) {
    return list(nonNull(typeRef(type)));
  }
}
