package dev.weir.store.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.store.Filter;
import dev.weir.store.Filter.Field;
import dev.weir.store.Filter.Value;
import dev.weir.store.Key;
import dev.weir.store.KeyRange;
import dev.weir.store.Query.Order;
import dev.weir.store.SearchQuery.Sort;
import dev.weir.store.ValueOrder;
import dev.weir.store.filter.NaiveFilter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What searches mean, said once more and as simply as possible, on trees. */
final class NaiveSearch {
  private NaiveSearch() {}

  static List<Key> find(
      Map<Key, ObjectNode> documents, KeyRange range, Filter filter, List<Sort> order) {
    List<Key> found = new ArrayList<>();
    documents.forEach(
        (key, document) -> {
          if (range.contains(key.bytes())
              && (filter == null || NaiveFilter.matches(filter, document))) {
            found.add(key);
          }
        });
    Comparator<Key> comparator = Comparator.naturalOrder();
    for (int i = order.size() - 1; i >= 0; i--) {
      Sort sort = order.get(i);
      Comparator<Key> one = (a, b) -> compare(documents.get(a), documents.get(b), sort.field());
      comparator = (sort.order() == Order.DESC ? one.reversed() : one).thenComparing(comparator);
    }
    found.sort(comparator);
    return found;
  }

  private static int compare(JsonNode a, JsonNode b, Field field) {
    JsonNode x = at(field, a);
    JsonNode y = at(field, b);
    if (x.isContainerNode() || y.isContainerNode()) {
      return Boolean.compare(x.isContainerNode(), y.isContainerNode());
    }
    return ValueOrder.ASCENDING.compare(value(x), value(y));
  }

  static JsonNode at(Field field, JsonNode document) {
    JsonNode node = document;
    for (String name : field.names()) {
      node = node.path(name);
    }
    return node;
  }

  static Value value(JsonNode node) {
    if (node.isTextual()) {
      return new Value.Text(node.textValue());
    }
    if (node.isNumber()) {
      return new Value.Numeric(node.decimalValue());
    }
    return node.isBoolean() ? new Value.Flag(node.booleanValue()) : new Value.Null();
  }
}
