package dev.weir.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.weir.store.Filter.Field;
import dev.weir.store.Filter.Relation;
import dev.weir.store.Filter.Value;
import java.util.List;
import java.util.Locale;

/** Writes filters as the JSON that {@link FilterReader} reads as the same filters. */
public final class FilterWriter {
  static final String AND = "and";
  static final String OR = "or";
  static final String NOT = "not";
  static final String IN = "in";
  static final String BETWEEN = "between";
  static final String PREFIX = "prefix";
  static final String EXISTS = "exists";
  static final String NULL = "null";
  static final String CONTAINS = "contains";

  /** The operators that are no relations. */
  static final List<String> OTHERS = List.of(IN, BETWEEN, PREFIX, EXISTS, NULL, CONTAINS);

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private FilterWriter() {}

  /** The filter as JSON text. */
  public static String json(Filter filter) {
    return tree(filter).toString();
  }

  /** The filter as a JSON tree. */
  public static ObjectNode tree(Filter filter) {
    if (filter instanceof Filter.And and) {
      return list(AND, and.parts());
    } else if (filter instanceof Filter.Or or) {
      return list(OR, or.parts());
    } else if (filter instanceof Filter.Not not) {
      return NODES.objectNode().set(NOT, tree(not.part()));
    } else if (filter instanceof Filter.Compare test) {
      return test(test.field(), word(test.relation()), value(test.value()));
    } else if (filter instanceof Filter.In test) {
      ArrayNode values = NODES.arrayNode();
      test.values().forEach(value -> values.add(value(value)));
      return test(test.field(), IN, values);
    } else if (filter instanceof Filter.Between test) {
      ArrayNode ends = NODES.arrayNode().add(value(test.low())).add(value(test.high()));
      return test(test.field(), BETWEEN, ends);
    } else if (filter instanceof Filter.Prefix test) {
      return test(test.field(), PREFIX, TextNode.valueOf(test.prefix()));
    } else if (filter instanceof Filter.Exists test) {
      return test(test.field(), EXISTS, BooleanNode.valueOf(test.present()));
    }
    Filter.Contains test = (Filter.Contains) filter;
    return test(test.field(), CONTAINS, value(test.value()));
  }

  /** The word for a relation. */
  static String word(Relation relation) {
    return relation.name().toLowerCase(Locale.ROOT);
  }

  private static ObjectNode list(String word, List<Filter> parts) {
    ArrayNode list = NODES.arrayNode();
    parts.forEach(part -> list.add(tree(part)));
    return NODES.objectNode().set(word, list);
  }

  private static ObjectNode test(Field field, String operator, JsonNode operand) {
    String path = field.path();
    boolean word = path.equals(AND) || path.equals(OR) || path.equals(NOT);
    ObjectNode operators = NODES.objectNode().set(operator, operand);
    return NODES.objectNode().set(word ? "\\" + path : path, operators);
  }

  private static JsonNode value(Value value) {
    if (value instanceof Value.Text text) {
      return TextNode.valueOf(text.text());
    } else if (value instanceof Value.Numeric number) {
      return DecimalNode.valueOf(number.number());
    } else if (value instanceof Value.Flag flag) {
      return BooleanNode.valueOf(flag.flag());
    }
    return NullNode.getInstance();
  }
}
