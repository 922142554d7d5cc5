package dev.weir.query.graphql.fields;

import static graphql.Scalars.GraphQLBoolean;
import static graphql.Scalars.GraphQLID;
import static graphql.Scalars.GraphQLString;
import static graphql.schema.GraphQLNonNull.nonNull;
import static graphql.schema.GraphQLTypeReference.typeRef;

import dev.weir.query.Cursors;
import dev.weir.query.Database;
import dev.weir.query.changes.PlaceTokens;
import dev.weir.query.graphql.Freshness;
import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.query.graphql.GraphQlSettings.Kind;
import dev.weir.query.graphql.types.CollectionModel;
import dev.weir.query.graphql.types.Interfaces;
import dev.weir.query.graphql.types.Scalars;
import dev.weir.query.graphql.types.StoredNode;
import dev.weir.store.Catalogue;
import graphql.TypeResolutionEnvironment;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the schema of a catalogue: the fields of the root and what all collections share. */
public final class SchemaBuilder {
  private final Database database;
  private final PlaceTokens places;
  private final GraphQlSettings.Work bounds;
  private final Map<Integer, CollectionModel> collections;
  private final Map<Integer, EdgeModel> edges;
  private final RangeFields ranges;
  private final LinkFields links;
  private final SchemaDraft draft;
  private final WalkSchema walks;

  private SchemaBuilder(
      Catalogue catalogue,
      Database database,
      Cursors cursors,
      PlaceTokens places,
      GraphQlSettings settings) {
    GraphQLCodeRegistry.Builder code = GraphQLCodeRegistry.newCodeRegistry();
    this.database = database;
    this.places = places;
    this.bounds = settings.work();
    this.collections = CollectionModel.of(catalogue, code);
    this.edges = EdgeModel.of(collections.values());
    this.ranges = new RangeFields(cursors, bounds);
    this.links = new LinkFields(cursors, bounds);
    this.draft =
        new SchemaDraft(code, Interfaces.of(collections.values()), new Prices(settings.weights()));
    EdgeSteps steps = new EdgeSteps(edges.values(), collections.values());
    this.walks =
        new WalkSchema(
            new ReachSchema(draft, new ReachFields(steps, bounds), bounds),
            new PathSchema(draft, new PathFields(steps, collections, bounds)));
  }

  /**
   * A schema with what belongs to it.
   *
   * @param schema with the fetchers of its fields
   * @param costs of its fields
   * @param collections that it shows, in the order of their ids
   */
  public record Built(GraphQLSchema schema, Costs costs, List<CollectionModel> collections) {}

  public static Built build(
      Catalogue catalogue,
      Database database,
      Cursors cursors,
      PlaceTokens places,
      GraphQlSettings settings) {
    return new SchemaBuilder(catalogue, database, cursors, places, settings).build();
  }

  private Built build() {
    addShared();
    addCollections();
    draft.directive(Freshness.directive());
    draft.directive(Freshness.partialDirective());
    if (collections.values().stream().anyMatch(WriteFields::writable)) {
      new BatchSchema(collections.values(), draft, bounds).add();
    }
    GraphQLSchema schema = draft.schema();
    return new Built(schema, draft.costs(schema), List.copyOf(collections.values()));
  }

  private void addShared() {
    GraphQLInterfaceType node = nodeInterface();
    draft.type(node, SchemaBuilder::stored);
    for (GraphQLInterfaceType shared : draft.interfaces().types(node)) {
      draft.type(shared, SchemaBuilder::stored);
    }
    draft.type(pageInfo(new PageInfoFields(ranges, links)));
    if (!edges.isEmpty()) {
      walks.addShared();
    }
    FindArguments.shared().forEach(draft::type);
    GroupFields.addShared(draft);
    addNode();
    new CollectionsField(database).addTo(draft, new ArrayList<>(collections.values()));
  }

  private void addCollections() {
    LinkSchema linked = new LinkSchema(draft, links, bounds);
    ChangeSchema changes = new ChangeSchema(draft, new ChangeFields(places, bounds));
    Map<Integer, List<LinkField>> follow = LinkField.of(List.copyOf(edges.values()));
    for (CollectionModel collection : collections.values()) {
      CollectionSchema own = new CollectionSchema(collection, draft, ranges, bounds);
      own.addTypes(
          edges.get(collection.id()),
          follow.getOrDefault(collection.id(), List.of()),
          linked,
          walks);
      own.addQueries();
      if (collection.definition().changes() > 0) {
        changes.add(own, own.arguments());
      }
      if (WriteFields.writable(collection)) {
        new WriteSchema(collection, draft, bounds).add();
      }
    }
  }

  private void addNode() {
    GraphQLArgument id =
        GraphQLArgument.newArgument()
            .name("id")
            .description("The 'id' that a node has given.")
            .type(nonNull(GraphQLID))
            .build();
    draft.query(
        SchemaDraft.field(
                "node",
                "The document with a global id, of whichever collection.",
                typeRef(SchemaDraft.NODE))
            .argument(id)
            .build(),
        new LookupFields(bounds).node(Map.copyOf(collections)),
        draft.prices().of(Kind.GET, null, given -> 1));
  }

  /**
   * No field has an interface of contents as its type, so only stored documents are asked about.
   */
  private static @Nullable GraphQLObjectType stored(TypeResolutionEnvironment resolved) {
    StoredNode node = Objects.requireNonNull(resolved.<StoredNode>getObject());
    return resolved.getSchema().getObjectType(node.collection().names().typeBase());
  }

  private static GraphQLInterfaceType nodeInterface() {
    return GraphQLInterfaceType.newInterface()
        .name(SchemaDraft.NODE)
        .description("A stored document of any collection (Relay's object identification).")
        .field(
            SchemaDraft.field("id", "Stays the same for collection and key.", nonNull(GraphQLID)))
        .field(SchemaDraft.field("version", "Which log record made it.", nonNull(GraphQLString)))
        .field(
            SchemaDraft.field(
                "timestamp",
                "Milliseconds since the epoch, of the event that made it.",
                nonNull(Scalars.LONG)))
        .field(SchemaDraft.field("json", "The whole document.", Scalars.JSON))
        .build();
  }

  private GraphQLObjectType pageInfo(PageInfoFields pages) {
    return draft
        .object(
            SchemaDraft.PAGE_INFO, "Where a page lies in its list (Relay's cursor connections).")
        .field(
            "hasNextPage",
            "Whether the list goes on.",
            nonNull(GraphQLBoolean),
            pages.hasNextPage())
        .field(
            "hasPreviousPage",
            "Whether it began before.",
            nonNull(GraphQLBoolean),
            pages.hasPreviousPage())
        .field(
            "startCursor",
            "Of the first edge; null on an empty page.",
            GraphQLString,
            pages.startCursor())
        .field(
            "endCursor",
            "Of the last edge; null on an empty page.",
            GraphQLString,
            pages.endCursor())
        .build();
  }
}
