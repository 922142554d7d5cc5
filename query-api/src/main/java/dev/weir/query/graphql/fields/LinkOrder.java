package dev.weir.query.graphql.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.weir.store.Filter;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One of the things that edges are put in order by.
 *
 * @param property path in the edge's properties, or null
 * @param node path in the document at the other end, or null; with neither it is that document's
 *     key
 * @param descending whether the greatest comes first
 */
record LinkOrder(@Nullable String property, @Nullable String node, boolean descending) {

  /**
   * Compares values: numbers, then texts, then truth values; what is none of these or not there
   * comes last, whichever the direction.
   */
  Comparator<JsonNode> values() {
    Comparator<JsonNode> sound = LinkOrder::compare;
    Comparator<JsonNode> directed = descending ? sound.reversed() : sound;
    return Comparator.<JsonNode>comparingInt(value -> kind(value) == 3 ? 1 : 0)
        .thenComparing(directed);
  }

  /** Whether it needs the document at the other end. */
  boolean ofNode() {
    return node != null;
  }

  /** Whether it is nothing but the key of the other end. */
  boolean ofKey() {
    return node == null && property == null;
  }

  /** The value at a path of a document. */
  static JsonNode at(JsonNode document, String path) {
    JsonNode value = document;
    for (String name : Filter.Field.of(path).names()) {
      value = value.path(name);
    }
    return value.isNull() ? MissingNode.getInstance() : value;
  }

  /** The paths of documents at the other end that an order needs. */
  static List<String> nodePaths(List<LinkOrder> order) {
    return order.stream().map(LinkOrder::node).filter(Objects::nonNull).toList();
  }

  private static int compare(JsonNode a, JsonNode b) {
    int kinds = Integer.compare(kind(a), kind(b));
    if (kinds != 0) {
      return kinds;
    }
    return switch (kind(a)) {
      case 0 -> a.decimalValue().compareTo(b.decimalValue());
      case 1 -> a.textValue().compareTo(b.textValue());
      case 2 -> Boolean.compare(a.booleanValue(), b.booleanValue());
      default -> 0;
    };
  }

  private static int kind(JsonNode value) {
    if (value.isNumber()) {
      return 0;
    }
    return value.isTextual() ? 1 : value.isBoolean() ? 2 : 3;
  }
}
