package dev.weir.query.graphql.types;

import dev.weir.store.CollectionDefinition;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the documents of a collection look like: their types and, where they have such, the types by
 * which they are chosen and put in order. One instance serves one schema; immutable.
 */
public final class DocumentModel {
  private final DocumentTypes.Made made;
  private final @Nullable WhereTypes where;
  private final @Nullable OrderTypes order;

  private DocumentModel(DocumentTypes.Made made) {
    this.made = made;
    this.where = made.types().isEmpty() ? null : WhereTypes.of(made);
    this.order = made.types().isEmpty() ? null : OrderTypes.of(made).orElse(null);
  }

  /**
   * The model of a collection's documents.
   *
   * @param name of the document's own type, if it gets one
   * @param code gets the fetchers of the fields
   */
  static DocumentModel of(
      CollectionDefinition collection, String name, GraphQLCodeRegistry.Builder code) {
    String schema = collection.schema();
    return new DocumentModel(
        schema == null ? DocumentTypes.Made.NONE : DocumentTypes.of(schema, name, code));
  }

  /** The interfaces that the types are said to have. */
  List<Interfaces.Claim> claims() {
    return made.claims();
  }

  /** The field that reads a property; null = there is none. */
  @Nullable GraphQLFieldDefinition field(GraphQLObjectType type, String property) {
    return type.getFieldDefinitions().stream()
        .filter(field -> made.property(type, field).equals(property))
        .findFirst()
        .orElse(null);
  }

  /** What a field of the documents' types reads. */
  public DocumentTypes.Property property(FieldCoordinates field) {
    return Objects.requireNonNull(made.properties().get(field));
  }

  /** Whether documents have a type of their own; else they are JSON. */
  public boolean typed() {
    return !made.types().isEmpty();
  }

  /** All types, of documents and of what chooses and orders them. */
  public List<GraphQLNamedType> types() {
    List<GraphQLNamedType> types = new ArrayList<>(made.types());
    if (where != null) {
      types.addAll(where.types());
    }
    if (order != null) {
      types.addAll(order.types());
    }
    return types;
  }

  /** How documents are chosen; null = by JSON or an expression. */
  public @Nullable WhereTypes where() {
    return where;
  }

  /** How documents are put in order; null = by paths in text. */
  public @Nullable OrderTypes order() {
    return order;
  }
}
