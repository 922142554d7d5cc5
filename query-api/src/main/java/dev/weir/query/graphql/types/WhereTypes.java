package dev.weir.query.graphql.types;

import static dev.weir.query.graphql.types.Inputs.input;
import static graphql.Scalars.GraphQLBoolean;
import static graphql.Scalars.GraphQLFloat;
import static graphql.Scalars.GraphQLInt;
import static graphql.Scalars.GraphQLString;
import static graphql.schema.GraphQLList.list;
import static graphql.schema.GraphQLNonNull.nonNull;
import static graphql.schema.GraphQLTypeReference.typeRef;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.store.Filter.Field;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeReference;
import graphql.schema.GraphQLTypeUtil;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The input types by which documents of a collection are chosen, one for each type of its
 * documents: a field for each of theirs, and {@code and}, {@code or}, {@code not}. Immutable once
 * made.
 */
public final class WhereTypes {
  private static final String WHERE = "Where";
  private static final String AND = "and";
  private static final String OR = "or";
  private static final String NOT = "not";
  private static final String LIST = "List";
  private static final GraphQLInputObjectField PREFIX =
      input("prefix", "Begins with this.", GraphQLString);
  private static final GraphQLInputObjectField CONTAINS =
      input("contains", "Has this within it.", GraphQLString);

  private final Map<String, Map<String, Target>> targets = new HashMap<>();
  private final DocumentTypes.Made documents;
  private final List<GraphQLNamedType> made = new ArrayList<>();
  private final String root;

  private WhereTypes(DocumentTypes.Made documents, String root) {
    this.documents = documents;
    this.root = root;
  }

  /**
   * What a field of an input type stands for.
   *
   * @param property its name in documents
   * @param type name of the input type of what is within; null = it has operators
   */
  private record Target(String property, @Nullable String type) {}

  /** The types with the operators, which all collections share. */
  public static List<GraphQLNamedType> shared() {
    return List.of(
        operators(GraphQLString).field(PREFIX).field(CONTAINS).build(),
        operators(GraphQLInt).build(),
        operators(Scalars.LONG).build(),
        operators(GraphQLFloat).build(),
        operators(Scalars.DECIMAL).build(),
        operators(Scalars.DATE_TIME).field(PREFIX).build(),
        operators(Scalars.DATE).field(PREFIX).build(),
        operators(Scalars.UUID_TEXT).build(),
        GraphQLInputObjectType.newInputObject()
            .name(GraphQLBoolean.getName() + WHERE)
            .description("Tests of a field with true or false; all that are given must hold.")
            .field(input("eq", "Is this, or absent if it is null.", GraphQLBoolean))
            .field(input("ne", "Is not this.", GraphQLBoolean))
            .field(input("exists", "Whether it is there and not null.", GraphQLBoolean))
            .build(),
        GraphQLInputObjectType.newInputObject()
            .name(LIST + WHERE)
            .description("Tests of a list; all that are given must hold.")
            .field(input("contains", "An element equals this.", Scalars.JSON))
            .field(input("exists", "Whether it is there and not null.", GraphQLBoolean))
            .build());
  }

  private static GraphQLInputObjectType.Builder operators(GraphQLScalarType scalar) {
    return GraphQLInputObjectType.newInputObject()
        .name(scalar.getName() + WHERE)
        .description("Tests of a field; all that are given must hold.")
        .field(input("eq", "Equals this, or is absent if it is null.", scalar))
        .field(input("ne", "Does not equal this.", scalar))
        .field(input("lt", "Is below this.", scalar))
        .field(input("lte", "Is this or below.", scalar))
        .field(input("gt", "Is above this.", scalar))
        .field(input("gte", "Is this or above.", scalar))
        .field(input("in", "Equals one of these.", list(scalar)))
        .field(input("between", "From the first to the second.", list(nonNull(scalar))))
        .field(input("exists", "Whether it is there and not null.", GraphQLBoolean));
  }

  /**
   * Makes the types of a collection.
   *
   * @param documents the types of its documents; at least one
   */
  static WhereTypes of(DocumentTypes.Made documents) {
    WhereTypes types = new WhereTypes(documents, documents.root() + WHERE);
    documents.types().forEach(type -> types.made.add(types.choice(type)));
    return types;
  }

  /** All of them. */
  List<GraphQLNamedType> types() {
    return List.copyOf(made);
  }

  /** The type of the argument {@code where}. */
  public GraphQLInputType argument() {
    return typeRef(root);
  }

  private GraphQLInputObjectType choice(GraphQLObjectType type) {
    String name = type.getName() + WHERE;
    GraphQLInputObjectType.Builder made =
        GraphQLInputObjectType.newInputObject()
            .name(name)
            .description("Which documents; all that is given must hold.")
            .field(input(AND, "All of these hold.", list(nonNull(typeRef(name)))))
            .field(input(OR, "One of these holds.", list(nonNull(typeRef(name)))))
            .field(input(NOT, "This does not hold.", typeRef(name)));
    Set<String> taken = new HashSet<>(List.of(AND, OR, NOT));
    Map<String, Target> fields = new HashMap<>();
    for (GraphQLFieldDefinition field : type.getFieldDefinitions()) {
      String property = documents.property(type, field);
      String free = field.getName();
      for (int n = 2; !taken.add(free); n++) {
        free = field.getName() + "_" + n;
      }
      GraphQLType of = GraphQLTypeUtil.unwrapNonNull(field.getType());
      boolean within = of instanceof GraphQLTypeReference;
      fields.put(free, new Target(property, within ? typeName(of) : null));
      made.field(input(free, "Of the field '" + property + "'.", tests(of)));
    }
    targets.put(name, fields);
    return made.build();
  }

  private static GraphQLInputType tests(GraphQLType of) {
    if (of == Scalars.JSON) {
      return Scalars.JSON;
    }
    return typeRef(of instanceof GraphQLList ? LIST + WHERE : typeName(of));
  }

  private static String typeName(GraphQLType type) {
    return ((GraphQLNamedType) type).getName() + WHERE;
  }

  /** A value of {@link #argument} as a filter in JSON. */
  public ObjectNode json(Map<String, Object> given) {
    return json(given, root, List.of());
  }

  @SuppressWarnings("unchecked") // as the types say
  private ObjectNode json(Map<String, Object> given, String type, List<String> outer) {
    ArrayNode parts = JsonNodeFactory.instance.arrayNode();
    for (Map.Entry<String, Object> entry : given.entrySet()) {
      String name = entry.getKey();
      Object value = entry.getValue();
      Target target = targets.getOrDefault(type, Map.of()).get(name);
      if (target == null && value != null) {
        parts.addObject().set(name, joined(name, value, type, outer));
      } else if (target != null) {
        List<String> names = new ArrayList<>(outer);
        names.add(target.property());
        if (target.type() != null && value instanceof Map<?, ?> within) {
          parts.add(json((Map<String, Object>) within, target.type(), names));
        } else {
          parts.addObject().set(path(names), StoredValues.tree(value));
        }
      }
    }
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.set(AND, parts);
    return parts.size() == 1 ? (ObjectNode) parts.get(0) : all;
  }

  @SuppressWarnings("unchecked") // as the types say
  private JsonNode joined(String name, Object value, String type, List<String> outer) {
    if (name.equals(NOT)) {
      return json((Map<String, Object>) value, type, outer);
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    ((List<Map<String, Object>>) value).forEach(each -> list.add(json(each, type, outer)));
    return list;
  }

  private static String path(List<String> names) {
    String path = new Field(names).path();
    boolean word = path.equals(AND) || path.equals(OR) || path.equals(NOT);
    return word ? "\\" + path : path;
  }
}
