package dev.weir.query.graphql.types;

import static graphql.schema.GraphQLTypeReference.typeRef;

import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeReference;
import graphql.schema.GraphQLTypeUtil;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The interfaces that JSON Schemas give to their objects with {@code "x-interfaces": {"Message":
 * ["content", "length"]}}: the types of all objects that name one have its fields in common. The
 * collection with the lowest id that names an interface says what its fields are; a type that does
 * not fit does not implement it, and its collection tells why. So a collection that is added never
 * changes an interface, nor the names of others. Immutable once made.
 */
public final class Interfaces {
  /** What the interface of stored documents has behind the name of that of their contents. */
  static final String NODE = "Node";

  private static final Pattern NAME = Pattern.compile("[A-Za-z](_?[A-Za-z0-9])*");
  private static final int LONGEST = 64;

  private final Map<String, Shape> shapes = new LinkedHashMap<>();
  private final Map<String, Set<String>> implemented = new HashMap<>();
  private final Map<Integer, List<String>> faults = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  private Interfaces(Collection<CollectionModel> collections) {
    taken.addAll(CollectionNames.reserved());
    for (CollectionModel collection : collections) {
      taken.addAll(collection.names().all());
      collection.documents().types().forEach(type -> taken.add(type.getName()));
    }
  }

  /**
   * What an object of a JSON Schema says.
   *
   * @param type of the object
   * @param name of the interface
   * @param properties names in documents
   */
  record Claim(GraphQLObjectType type, String name, List<String> properties) {}

  /** An interface: its name in the schema, which may be taken, and its fields. */
  private record Shape(String name, String nodeName, Map<String, GraphQLFieldDefinition> fields) {}

  /** The interfaces of collections in the order of their ids. */
  public static Interfaces of(Collection<CollectionModel> collections) {
    Interfaces interfaces = new Interfaces(collections);
    for (CollectionModel collection : collections) {
      collection.documents().claims().forEach(claim -> interfaces.add(collection, claim));
    }
    return interfaces;
  }

  private void add(CollectionModel collection, Claim claim) {
    Map<String, GraphQLFieldDefinition> fields = new LinkedHashMap<>();
    String fault = fields(collection, claim, fields);
    if (fault.isEmpty()) {
      Shape known = shapes.computeIfAbsent(claim.name(), name -> shape(collection, name, fields));
      fault = difference(known.fields(), fields);
      if (fault.isEmpty()) {
        implement(claim.type().getName(), known.name());
        if (claim.type().getName().equals(collection.names().document())) {
          implement(collection.names().typeBase(), known.nodeName());
        }
        return;
      }
    }
    faults
        .computeIfAbsent(collection.id(), none -> new ArrayList<>())
        .add(claim.type().getName() + " is no " + claim.name() + ": " + fault);
  }

  private void implement(String type, String name) {
    implemented.computeIfAbsent(type, none -> new LinkedHashSet<>()).add(name);
  }

  private Shape shape(
      CollectionModel collection, String name, Map<String, GraphQLFieldDefinition> fields) {
    return new Shape(free(name, collection), free(name + NODE, collection), fields);
  }

  private String free(String name, CollectionModel collection) {
    String free = taken.contains(name) ? name + "_" + collection.id() : name;
    taken.add(free);
    return free;
  }

  /** Finds the fields that a claim names; says what is wrong with it, or nothing. */
  private static String fields(
      CollectionModel collection, Claim claim, Map<String, GraphQLFieldDefinition> fields) {
    if (!NAME.matcher(claim.name()).matches() || claim.name().length() > LONGEST) {
      return "this is no name of a type";
    }
    for (String property : claim.properties()) {
      GraphQLFieldDefinition field = collection.documents().field(claim.type(), property);
      if (field == null) {
        return "it has no field '" + property + "'";
      }
      if (hasObjects(field.getType())) {
        return "its field '" + property + "' has objects, which have interfaces of their own";
      }
      fields.put(field.getName(), field);
    }
    return fields.isEmpty() ? "no fields are named" : "";
  }

  private static boolean hasObjects(GraphQLType type) {
    return type instanceof GraphQLList list
        ? hasObjects(list.getWrappedType())
        : type instanceof GraphQLTypeReference;
  }

  /** How fields differ from those of an interface; empty = they do not. */
  private static String difference(
      Map<String, GraphQLFieldDefinition> wanted, Map<String, GraphQLFieldDefinition> given) {
    if (!wanted.keySet().equals(given.keySet())) {
      return "its fields were first said to be " + String.join(", ", wanted.keySet());
    }
    for (GraphQLFieldDefinition field : wanted.values()) {
      String type = text(field.getType());
      String other = text(Objects.requireNonNull(given.get(field.getName())).getType());
      if (!type.equals(other)) {
        return "its field '" + field.getName() + "' is " + other + " here, and was " + type;
      }
    }
    return "";
  }

  private static String text(GraphQLType type) {
    return GraphQLTypeUtil.simplePrint(type);
  }

  /** Why objects of a collection do not have interfaces that they name; empty = they have. */
  public List<String> faults(CollectionModel collection) {
    return faults.getOrDefault(collection.id(), List.of());
  }

  /** The names of the interfaces of a type. */
  Set<String> of(String type) {
    return implemented.getOrDefault(type, Set.of());
  }

  /** A type with its interfaces. */
  public GraphQLNamedType complete(GraphQLNamedType type) {
    return type instanceof GraphQLObjectType object && !of(type.getName()).isEmpty()
        ? object.transform(
            builder -> of(type.getName()).forEach(name -> builder.withInterface(typeRef(name))))
        : type;
  }

  /**
   * The types, those of contents and those of stored documents.
   *
   * @param node what all stored documents have
   */
  public List<GraphQLInterfaceType> types(GraphQLInterfaceType node) {
    Set<String> nodes = new HashSet<>();
    implemented.values().forEach(nodes::addAll);
    List<GraphQLInterfaceType> types = new ArrayList<>();
    shapes.forEach(
        (name, shape) -> {
          types.add(contents(name, shape));
          if (nodes.contains(shape.nodeName())) {
            types.add(stored(name, shape, node));
          }
        });
    return types;
  }

  private static GraphQLInterfaceType contents(String name, Shape shape) {
    GraphQLInterfaceType.Builder type =
        GraphQLInterfaceType.newInterface()
            .name(shape.name())
            .description("What all have whose JSON Schema names the interface '" + name + "'.");
    shape
        .fields()
        .values()
        .forEach(
            field ->
                type.field(
                    GraphQLFieldDefinition.newFieldDefinition()
                        .name(field.getName())
                        .description(field.getDescription())
                        .type(field.getType())));
    return type.build();
  }

  private static GraphQLInterfaceType stored(String name, Shape shape, GraphQLInterfaceType node) {
    return GraphQLInterfaceType.newInterface()
        .name(shape.nodeName())
        .description("A stored document whose contents have the interface '" + name + "'.")
        .withInterface(typeRef(node.getName()))
        .fields(node.getFieldDefinitions())
        .field(
            GraphQLFieldDefinition.newFieldDefinition()
                .name("document")
                .description("By the collection's JSON Schema.")
                .type(typeRef(shape.name())))
        .build();
  }
}
