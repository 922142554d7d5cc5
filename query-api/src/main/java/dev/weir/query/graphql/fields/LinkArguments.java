package dev.weir.query.graphql.fields;

import dev.weir.query.Cursors;
import dev.weir.query.graphql.GraphQlSettings;
import dev.weir.query.graphql.InputFault;
import dev.weir.query.graphql.types.CollectionModel;
import dev.weir.store.Filter;
import dev.weir.store.Key;
import dev.weir.store.Query.Order;
import dev.weir.store.SearchQuery.Sort;
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
  static final String KEY = "key";

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
    List<LinkOrder> order = order(field, link);
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

  /** A filter of the documents of a collection, as {@link FindArguments#where} takes it. */
  private static @Nullable Filter filter(
      @Nullable Object value, String name, CollectionModel collection) throws InputFault {
    if (value == null) {
      return null;
    }
    requireFields(name, collection);
    return new FindArguments(collection).filter(value, name);
  }

  /** The same as JSON or an expression, whatever the collection. */
  static @Nullable Filter json(@Nullable Object value, String name, CollectionModel collection)
      throws InputFault {
    if (value == null) {
      return null;
    }
    requireFields(name, collection);
    return new FindArguments(collection).json(value, name);
  }

  private static void requireFields(String name, CollectionModel collection) throws InputFault {
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
  }

  private static List<LinkOrder> order(DataFetchingEnvironment field, LinkField link)
      throws InputFault {
    List<Map<String, Object>> given = field.getArgumentOrDefault(ORDER_BY, List.of());
    if (given.size() > MOST_ORDERS) {
      throw new InputFault("'" + ORDER_BY + "' has at most " + MOST_ORDERS + " entries.");
    }
    List<LinkOrder> orders = new ArrayList<>();
    for (Map<String, Object> entry : given) {
      orders.add(order(entry, link));
    }
    return orders;
  }

  /** An entry has exactly one member, by {@code @oneOf}. */
  private static LinkOrder order(Map<String, Object> entry, LinkField link) throws InputFault {
    if (entry.get(PROPERTY) instanceof Map<?, ?> property) {
      Sort sort = new FindArguments(link.edge().edges()).sort(property);
      return new LinkOrder(sort.field().path(), null, sort.order() == Order.DESC);
    }
    if (entry.get(NODE) instanceof Map<?, ?> node) {
      Sort sort = new FindArguments(link.edge().others(link.side())).sort(node);
      return new LinkOrder(null, sort.field().path(), sort.order() == Order.DESC);
    }
    return new LinkOrder(null, null, entry.get(KEY) == Order.DESC);
  }
}
