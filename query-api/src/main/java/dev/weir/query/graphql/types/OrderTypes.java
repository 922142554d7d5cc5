package dev.weir.query.graphql.types;

import static dev.weir.query.graphql.types.Inputs.input;

import dev.weir.store.Filter.Field;
import dev.weir.store.Query.Order;
import dev.weir.store.SearchQuery.Sort;
import graphql.Directives;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The input types by which documents of a collection are put in order, one for each type of its
 * documents, each with one field to be chosen: a value's direction, or what is within an object.
 * Lists have no order. Immutable once made.
 */
public final class OrderTypes {
  /** One instance, because types of one name must be the same object. */
  public static final GraphQLEnumType DIRECTION =
      GraphQLEnumType.newEnum()
          .name("SortOrder")
          .description("Direction of an order by values.")
          .value("ASC", Order.ASC, "Nothing, then false, true, numbers, texts: the least first.")
          .value("DESC", Order.DESC, "The greatest first.")
          .build();

  private static final String ORDER = "Order";

  private final Map<String, Map<String, Target>> targets = new HashMap<>();
  private final List<GraphQLNamedType> made = new ArrayList<>();
  private final String root;

  private OrderTypes(String root) {
    this.root = root;
  }

  /** What a field of an input type stands for: a property, by its name in documents. */
  private record Target(String property, String type) {}

  /**
   * Makes the types of a collection.
   *
   * @param documents the types of its documents; at least one
   * @return empty if nothing in them has an order
   */
  static Optional<OrderTypes> of(DocumentTypes.Made documents) {
    OrderTypes types = new OrderTypes(documents.root() + ORDER);
    Set<String> ordered = ordered(documents);
    for (GraphQLObjectType type : documents.types()) {
      if (ordered.contains(type.getName())) {
        types.made.add(types.order(type, documents, ordered));
      }
    }
    return ordered.contains(documents.root()) ? Optional.of(types) : Optional.empty();
  }

  /** The types with a value that has an order, in them or within what is in them. */
  private static Set<String> ordered(DocumentTypes.Made documents) {
    Set<String> ordered = new HashSet<>();
    for (boolean grown = true; grown; ) {
      grown = false;
      for (GraphQLObjectType type : documents.types()) {
        if (type.getFieldDefinitions().stream().anyMatch(f -> ordered(f.getType(), ordered))) {
          grown |= ordered.add(type.getName());
        }
      }
    }
    return ordered;
  }

  private static boolean ordered(GraphQLType type, Set<String> known) {
    return type instanceof GraphQLTypeReference object
        ? known.contains(object.getName())
        : !(type instanceof GraphQLList);
  }

  private GraphQLInputObjectType order(
      GraphQLObjectType type, DocumentTypes.Made documents, Set<String> ordered) {
    String name = type.getName() + ORDER;
    GraphQLInputObjectType.Builder input =
        GraphQLInputObjectType.newInputObject()
            .name(name)
            .description("What documents are put in order by: one of these.")
            .withAppliedDirective(Directives.OneOfDirective.toAppliedDirective());
    Map<String, Target> fields = new HashMap<>();
    for (GraphQLFieldDefinition field : type.getFieldDefinitions()) {
      if (ordered(field.getType(), ordered)) {
        String property = documents.property(type, field);
        boolean object = field.getType() instanceof GraphQLTypeReference;
        String within = object ? ((GraphQLTypeReference) field.getType()).getName() + ORDER : "";
        fields.put(field.getName(), new Target(property, within));
        input.field(
            input(
                field.getName(),
                "By the field '" + property + "'.",
                object ? GraphQLTypeReference.typeRef(within) : DIRECTION));
      }
    }
    targets.put(name, fields);
    return input.build();
  }

  /** All of them. */
  List<GraphQLNamedType> types() {
    return List.copyOf(made);
  }

  /** The type of an entry. */
  public GraphQLInputType argument() {
    return GraphQLTypeReference.typeRef(root);
  }

  /** An entry as a field and a direction. */
  public Sort sort(Map<?, ?> given) {
    List<String> names = new ArrayList<>();
    String type = root;
    Object value = given;
    while (value instanceof Map<?, ?> choice) {
      Map.Entry<?, ?> chosen = choice.entrySet().iterator().next(); // exactly one, by @oneOf
      Target target = targets.getOrDefault(type, Map.of()).get(String.valueOf(chosen.getKey()));
      if (target == null) {
        throw new IllegalStateException("no field of " + type + ": " + chosen.getKey());
      }
      names.add(target.property());
      type = target.type();
      value = chosen.getValue();
    }
    return new Sort(new Field(names), (Order) value);
  }
}
