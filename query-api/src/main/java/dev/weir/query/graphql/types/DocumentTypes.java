package dev.weir.query.graphql.types;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.weir.query.graphql.types.DocumentValues.Reader;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLTypeReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The types of one collection's documents, from its JSON Schema (2020-12).
 *
 * <p>What GraphQL can express becomes typed: objects with properties, arrays of one kind, strings,
 * numbers, integers, booleans, any of these or null, and references within the schema, recursive
 * ones too; {@code format} chooses scalars: {@code date-time}, {@code date} and {@code uuid} of
 * strings, {@code decimal} of numbers, {@code int32} of integers. All else, such as {@code oneOf},
 * becomes the scalar {@code JSON}. Every field may be null, required ones too: documents may be
 * older than the schema, and one missing value must not take the whole answer with it. One instance
 * serves one collection.
 */
public final class DocumentTypes {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final int MAX_TYPES = 200;
  private static final int MAX_FIELDS = 2_000;
  private static final int MAX_DEPTH = 16;
  private static final int MAX_DESCRIPTION = 500;
  private static final String INTERFACES = "x-interfaces";
  private static final Set<String> UNTYPED =
      Set.of("oneOf", "anyOf", "allOf", "not", "if", "$dynamicRef", "patternProperties");

  private final JsonNode root;
  private final String rootName;
  private final GraphQLCodeRegistry.Builder code;
  private final Map<JsonNode, String> known = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private final List<GraphQLObjectType> types = new ArrayList<>();
  private final Map<FieldCoordinates, Property> properties = new HashMap<>();
  private final List<Interfaces.Claim> claims = new ArrayList<>();
  private int fields;

  private DocumentTypes(JsonNode root, String rootName, GraphQLCodeRegistry.Builder code) {
    this.root = root;
    this.rootName = rootName;
    this.code = code;
  }

  /**
   * The types for a schema, the document's own last.
   *
   * @param schema text of the JSON Schema
   * @param name of the document's own type
   * @param code gets the fetchers of the fields
   * @return none if the schema does not say that documents are objects with properties
   */
  static Made of(String schema, String name, GraphQLCodeRegistry.Builder code) {
    try {
      DocumentTypes types = new DocumentTypes(JSON.readTree(schema), name, code);
      Typed document = types.typed(types.root, name, 0);
      return document.reader() == DocumentValues.OBJECT
          ? new Made(types.types, types.properties, types.claims)
          : Made.NONE;
    } catch (JsonProcessingException e) {
      return Made.NONE;
    }
  }

  /**
   * The types that were made.
   *
   * @param types the document's own is the last
   * @param properties what is read of documents, by types and their fields
   * @param claims the interfaces that they are said to have
   */
  record Made(
      List<GraphQLObjectType> types,
      Map<FieldCoordinates, Property> properties,
      List<Interfaces.Claim> claims) {
    static final Made NONE = new Made(List.of(), Map.of(), List.of());

    /** Name in the documents of what a field reads. */
    String property(GraphQLObjectType type, GraphQLFieldDefinition field) {
      Property property = properties.get(FieldCoordinates.coordinates(type, field));
      return property == null ? field.getName() : property.name();
    }

    /** Name of the document's own type; there must be one. */
    String root() {
      return types.get(types.size() - 1).getName();
    }
  }

  /**
   * What a field reads.
   *
   * @param name in documents
   * @param reader of its values
   */
  public record Property(String name, Reader reader) {}

  /** A type and how its values are read. */
  private record Typed(GraphQLOutputType type, Reader reader) {
    static final Typed ANY = new Typed(Scalars.JSON, DocumentValues.ANY);
  }

  private Typed typed(JsonNode schema, String name, int depth) {
    if (!schema.isObject() || depth > MAX_DEPTH) {
      return Typed.ANY;
    }
    if (schema.has("$ref")) {
      return referred(schema.get("$ref").asText(), depth);
    }
    if (UNTYPED.stream().anyMatch(schema::has)) {
      return Typed.ANY;
    }
    return switch (kind(schema)) {
      case "string" -> text(schema);
      case "boolean" -> new Typed(graphql.Scalars.GraphQLBoolean, DocumentValues.TRUTH);
      case "number" ->
          format(schema).equals("decimal")
              ? new Typed(Scalars.DECIMAL, DocumentValues.DECIMAL)
              : new Typed(graphql.Scalars.GraphQLFloat, DocumentValues.FLOAT);
      case "integer" -> integer(schema);
      case "array" -> array(schema, name, depth);
      case "object" -> object(schema, name, depth);
      default -> Typed.ANY;
    };
  }

  /** The one type a schema allows beside null; empty text if it allows several. */
  private static String kind(JsonNode schema) {
    JsonNode type = schema.path("type");
    if (type.isMissingNode()) {
      return schema.has("properties") ? "object" : "";
    }
    String only = type.isTextual() ? type.textValue() : "";
    for (JsonNode option : type) {
      if (!option.asText().equals("null")) {
        if (!only.isEmpty()) {
          return "";
        }
        only = option.asText();
      }
    }
    return only;
  }

  private static String format(JsonNode schema) {
    return schema.path("format").asText();
  }

  private static Typed text(JsonNode schema) {
    return switch (format(schema)) {
      case "date-time" -> new Typed(Scalars.DATE_TIME, DocumentValues.DATE_TIME);
      case "date" -> new Typed(Scalars.DATE, DocumentValues.DATE);
      case "uuid" -> new Typed(Scalars.UUID_TEXT, DocumentValues.UUID_TEXT);
      default -> new Typed(graphql.Scalars.GraphQLString, DocumentValues.TEXT);
    };
  }

  private static Typed integer(JsonNode schema) {
    boolean small = format(schema).equals("int32") || within(schema);
    return small
        ? new Typed(graphql.Scalars.GraphQLInt, DocumentValues.INT)
        : new Typed(Scalars.LONG, DocumentValues.LONG);
  }

  private static boolean within(JsonNode schema) {
    return schema.path("minimum").canConvertToInt()
        && schema.path("maximum").canConvertToInt()
        && schema.path("minimum").isNumber()
        && schema.path("maximum").isNumber();
  }

  private Typed array(JsonNode schema, String name, int depth) {
    if (schema.has("prefixItems")) {
      return Typed.ANY;
    }
    Typed item = typed(schema.path("items"), name, depth + 1);
    return item.reader() == DocumentValues.ANY
        ? Typed.ANY
        : new Typed(GraphQLList.list(item.type()), DocumentValues.listOf(item.reader()));
  }

  private Typed referred(String reference, int depth) {
    Optional<JsonNode> target = target(reference);
    if (target.isEmpty()) {
      return Typed.ANY;
    }
    String last = reference.substring(reference.lastIndexOf('/') + 1);
    String name = reference.equals("#") ? rootName : nested(rootName, last);
    return typed(target.get(), name, depth + 1);
  }

  private Optional<JsonNode> target(String reference) {
    try {
      JsonNode target =
          reference.startsWith("#")
              ? root.at(JsonPointer.compile(reference.substring(1)))
              : MissingNode.getInstance();
      return target.isMissingNode() ? Optional.empty() : Optional.of(target);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Typed object(JsonNode schema, String wanted, int depth) {
    String name = known.get(schema);
    if (name != null) {
      return new Typed(GraphQLTypeReference.typeRef(name), DocumentValues.OBJECT);
    }
    JsonNode properties = schema.path("properties");
    if (!properties.isObject() || properties.isEmpty() || known.size() >= MAX_TYPES) {
      return Typed.ANY;
    }
    String unique = unique(wanted, names);
    known.put(schema, unique);
    GraphQLObjectType.Builder type =
        GraphQLObjectType.newObject().name(unique).description(description(schema));
    Set<String> fieldNames = new HashSet<>();
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      if (++fields > MAX_FIELDS) {
        break; // the rest is in the node's field "json"
      }
      type.field(field(unique, property.getKey(), property.getValue(), fieldNames, depth));
    }
    GraphQLObjectType built = type.build();
    types.add(built);
    claim(schema.path(INTERFACES), built);
    return new Typed(GraphQLTypeReference.typeRef(unique), DocumentValues.OBJECT);
  }

  private void claim(JsonNode interfaces, GraphQLObjectType type) {
    for (Map.Entry<String, JsonNode> one : interfaces.properties()) {
      List<String> properties = new ArrayList<>();
      one.getValue().forEach(property -> properties.add(property.asText()));
      claims.add(new Interfaces.Claim(type, one.getKey(), properties));
    }
  }

  private GraphQLFieldDefinition field(
      String owner, String property, JsonNode schema, Set<String> fieldNames, int depth) {
    String name = unique(CollectionNames.fieldName(property), fieldNames);
    Typed typed = typed(schema, nested(owner, property), depth + 1);
    FieldCoordinates place = FieldCoordinates.coordinates(owner, name);
    code.dataFetcher(place, DocumentValues.property(property, typed.reader()));
    properties.put(place, new Property(property, typed.reader()));
    GraphQLFieldDefinition.Builder field =
        GraphQLFieldDefinition.newFieldDefinition()
            .name(name)
            .type(typed.type())
            .description(description(schema));
    if (schema.path("deprecated").asBoolean()) {
      field.deprecate("deprecated in the collection's JSON Schema");
    }
    return field.build();
  }

  private static String nested(String owner, String property) {
    return owner + "_" + CollectionNames.fieldName(property);
  }

  private static String unique(String wanted, Set<String> taken) {
    String name = wanted;
    for (int n = 2; !taken.add(name); n++) {
      name = wanted + "_" + n;
    }
    return name;
  }

  private static @Nullable String description(JsonNode schema) {
    String text = schema.path("description").asText("");
    return text.isBlank() ? null : text.substring(0, Math.min(MAX_DESCRIPTION, text.length()));
  }
}
