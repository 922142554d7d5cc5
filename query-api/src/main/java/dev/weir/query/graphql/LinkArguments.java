package dev.weir.query.graphql;

import dev.weir.query.Cursors;
import dev.weir.store.DefinitionReader.Read;
import dev.weir.store.Fault;
import dev.weir.store.Filter;
import dev.weir.store.FilterReader;
import dev.weir.store.Key;
import graphql.schema.DataFetchingEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the arguments of fields that follow edges. */
final class LinkArguments {
  static final String FIRST = "first";
  static final String AFTER = "after";
  static final String WHERE = "where";
  static final String WHERE_NODE = "whereNode";
  static final String ORDER_BY = "orderBy";
  static final String WITHIN = "within";
  static final String PROPERTY = "property";
  static final String NODE = "node";
  static final String DESCENDING = "descending";

  private static final int MOST_ORDERS = 4;
  private static final String PROPERTIES = "edges/properties";

  private final Cursors cursors;
  private final GraphQlSettings.Work bounds;

  LinkArguments(Cursors cursors, GraphQlSettings.Work bounds) {
    this.cursors = cursors;
    this.bounds = bounds;
  }

  /** What a field asks of the edges of a vertex. */
  LinkWish read(DataFetchingEnvironment field, LinkField link, Key vertex) throws InputFault {
    List<LinkOrder> order = order(field);
    boolean values =
        field.getSelectionSet().contains(PROPERTIES)
            || order.stream().anyMatch(by -> by.property() != null);
    LinkWish wish =
        new LinkWish(
            link.edge(),
            link.side(),
            number(field, FIRST, bounds.defaultPage(), 0, bounds.maxPage()),
            filter(field.getArgument(WHERE), WHERE, link.edge().edges()),
            filter(field.getArgument(WHERE_NODE), WHERE_NODE, link.edge().others(link.side())),
            order,
            number(field, WITHIN, bounds.maxPage(), 1, bounds.maxCost()),
            values,
            null);
    String after = field.getArgument(AFTER);
    return after == null ? wish : wish.behind(LinkPlace.read(cursors, after, wish, vertex));
  }

  /** A whole number within bounds. */
  static int number(DataFetchingEnvironment field, String name, int otherwise, int least, int most)
      throws InputFault {
    Integer number = field.getArgument(name);
    if (number != null && (number < least || number > most)) {
      throw new InputFault(
          "'" + name + "' must be from " + least + " to " + most + ", not " + number + ".");
    }
    return number == null ? otherwise : number;
  }

  /** A filter of the documents of a collection. */
  static @Nullable Filter filter(@Nullable Object value, String name, CollectionModel collection)
      throws InputFault {
    if (value == null) {
      return null;
    }
    if (!collection.definition().format().equals("json")) {
      throw new InputFault(
          "'"
              + name
              + "' looks at fields, and the values of '"
              + collection.definition().name()
              + "' are "
              + collection.definition().format()
              + ".");
    }
    if (value instanceof String) {
      return new FindArguments(collection, null).filter(value, name);
    }
    Read<Filter> read = FilterReader.read(StoredValues.tree(value));
    if (read.value().isEmpty()) {
      throw new InputFault(
          "'" + name + "' is no filter.",
          Map.of("faults", read.faults().stream().map(Fault::toString).toList()));
    }
    return read.value().get();
  }

  private static List<LinkOrder> order(DataFetchingEnvironment field) throws InputFault {
    List<Map<String, Object>> given = field.getArgumentOrDefault(ORDER_BY, List.of());
    if (given.size() > MOST_ORDERS) {
      throw new InputFault("'" + ORDER_BY + "' has at most " + MOST_ORDERS + " entries.");
    }
    List<LinkOrder> orders = new ArrayList<>();
    for (Map<String, Object> entry : given) {
      LinkOrder order =
          new LinkOrder(
              (String) entry.get(PROPERTY),
              (String) entry.get(NODE),
              Boolean.TRUE.equals(entry.get(DESCENDING)));
      if (order.property() != null && order.node() != null) {
        throw new InputFault("An entry of '" + ORDER_BY + "' has a property or a node, not both.");
      }
      orders.add(order);
    }
    return orders;
  }
}
