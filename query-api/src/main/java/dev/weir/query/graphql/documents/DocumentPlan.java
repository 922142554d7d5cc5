package dev.weir.query.graphql.documents;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.query.graphql.types.CollectionModel;
import dev.weir.query.graphql.types.DocumentTypes;
import dev.weir.query.graphql.types.StoredNode;
import dev.weir.query.graphql.types.StoredValues;
import graphql.GraphQLContext;
import graphql.language.Field;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.schema.CoercingSerializeException;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the fields that are selected of a stored document become its part of an answer, in the order
 * of the selection. Immutable.
 */
final class DocumentPlan {
  private static final String TYPE_NAME = "__typename";

  private final Map<String, Part> parts;

  private DocumentPlan(Map<String, Part> parts) {
    this.parts = parts;
  }

  /** A value is not of the type it should have. */
  static final class Unplain extends Exception {
    private static final long serialVersionUID = 1L;

    Unplain() {
      super(null, null, false, false);
    }
  }

  /** One member of the answer. */
  private interface Part {
    @Nullable Object of(StoredNode node) throws Unplain;
  }

  /** One member of an object in a document. */
  private interface Member {
    @Nullable Object of(JsonNode object) throws Unplain;
  }

  /**
   * The plan of what is selected of a node.
   *
   * @param schema with its types
   * @return empty if there is something that is not plain
   */
  static Optional<DocumentPlan> of(
      CollectionModel collection, @Nullable SelectionSet selected, GraphQLSchema schema) {
    Map<String, Part> parts = new LinkedHashMap<>();
    for (Selection<?> selection : given(selected).getSelections()) {
      if (!(selection instanceof Field field) || !isPlain(field)) {
        return Optional.empty();
      }
      Part part = part(collection, field, schema);
      if (part == null || parts.put(field.getResultKey(), part) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(new DocumentPlan(parts));
  }

  /** Validation has seen to it that a set is there wherever one is needed. */
  private static SelectionSet given(@Nullable SelectionSet set) {
    return set == null ? SelectionSet.newSelectionSet().build() : set;
  }

  private static boolean isPlain(Field field) {
    return field.getDirectives().isEmpty() && field.getArguments().isEmpty();
  }

  private static @Nullable Part part(
      CollectionModel collection, Field field, GraphQLSchema schema) {
    String type = collection.names().typeBase();
    return switch (field.getName()) {
      case TYPE_NAME -> node -> type;
      case "id" -> StoredNode::id;
      case "key" -> {
        GraphQLScalarType scalar = collection.keys().scalar();
        yield node -> serialized(scalar, node.key());
      }
      case "version" -> node -> node.document().version().text();
      case "timestamp" -> node -> Long.toString(node.document().timestamp());
      case "json" -> DocumentPlan::whole;
      case "document" ->
          collection.documents().typed() ? typed(collection, field, schema) : DocumentPlan::whole;
      default -> null;
    };
  }

  private static Object whole(StoredNode node) {
    return StoredValues.raw(node.collection().definition(), node.document().value());
  }

  private static @Nullable Part typed(
      CollectionModel collection, Field field, GraphQLSchema schema) {
    GraphQLObjectType type =
        Objects.requireNonNull(schema.getObjectType(collection.names().document()));
    Map<String, Member> members = members(collection, type, field.getSelectionSet());
    return members == null
        ? null
        : node -> {
          JsonNode tree =
              StoredValues.tree(node.collection().definition(), node.document().value());
          return tree.isMissingNode() || tree.isNull() ? null : object(tree, members);
        };
  }

  private static @Nullable Map<String, Member> members(
      CollectionModel collection, GraphQLObjectType type, @Nullable SelectionSet selected) {
    Map<String, Member> members = new LinkedHashMap<>();
    for (Selection<?> selection : given(selected).getSelections()) {
      if (!(selection instanceof Field field) || !isPlain(field)) {
        return null;
      }
      Member member =
          field.getName().equals(TYPE_NAME)
              ? object -> type.getName()
              : member(collection, type, field);
      if (member == null || members.put(field.getResultKey(), member) != null) {
        return null;
      }
    }
    return members;
  }

  private static @Nullable Member member(
      CollectionModel collection, GraphQLObjectType type, Field field) {
    GraphQLFieldDefinition definition = type.getFieldDefinition(field.getName());
    DocumentTypes.Property property =
        collection.documents().property(FieldCoordinates.coordinates(type, definition));
    GraphQLType inner = definition.getType();
    int lists = 0;
    while (inner instanceof GraphQLList list) {
      inner = list.getWrappedType();
      lists++;
    }
    Map<String, Member> within = null;
    if (inner instanceof GraphQLObjectType object) {
      within = members(collection, object, field.getSelectionSet());
      if (within == null) {
        return null;
      }
    }
    Map<String, Member> members = within;
    GraphQLType leaf = inner;
    int depth = lists;
    return object -> {
      JsonNode value = object.path(property.name());
      if (value.isMissingNode() || value.isNull()) {
        return null;
      }
      Object read = property.reader().read(value).orElseThrow(Unplain::new);
      return completed(read, depth, leaf, members);
    };
  }

  private static @Nullable Object completed(
      @Nullable Object value, int lists, GraphQLType leaf, @Nullable Map<String, Member> members)
      throws Unplain {
    if (value == null) {
      return null;
    }
    if (lists > 0) {
      List<@Nullable Object> elements = new ArrayList<>();
      for (Object element : (List<?>) value) {
        elements.add(completed(element, lists - 1, leaf, members));
      }
      return elements;
    }
    return members == null
        ? serialized((GraphQLScalarType) leaf, value)
        : object((JsonNode) value, members);
  }

  private static Map<String, @Nullable Object> object(JsonNode object, Map<String, Member> members)
      throws Unplain {
    if (!object.isObject()) {
      throw new Unplain();
    }
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    for (Map.Entry<String, Member> member : members.entrySet()) {
      answer.put(member.getKey(), member.getValue().of(object));
    }
    return answer;
  }

  private static @Nullable Object serialized(GraphQLScalarType scalar, Object value)
      throws Unplain {
    try {
      return scalar.getCoercing().serialize(value, GraphQLContext.getDefault(), Locale.ENGLISH);
    } catch (CoercingSerializeException e) {
      throw new Unplain();
    }
  }

  /** A node's part of the answer. */
  Map<String, @Nullable Object> of(StoredNode node) throws Unplain {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    for (Map.Entry<String, Part> part : parts.entrySet()) {
      answer.put(part.getKey(), part.getValue().of(node));
    }
    return answer;
  }
}
