package dev.weir.query.graphql.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.weir.query.Cursors;
import dev.weir.query.Resumption;
import dev.weir.query.graphql.InputFault;
import dev.weir.query.graphql.fields.LinkPage.Placed;
import dev.weir.query.graphql.types.StoredValues;
import dev.weir.store.FilterWriter;
import dev.weir.store.GraphQuery.Link;
import dev.weir.store.GraphQuery.Side;
import dev.weir.store.Key;
import dev.weir.store.KeyRange;
import dev.weir.store.Query;
import dev.weir.store.Version;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Places in the lists of a vertex's edges, and the cursors that stand for them. A cursor belongs to
 * one vertex, side, choice and order; what it holds is the key of an edge and, if the list is not
 * in the order of keys, the values that the edge was put in order by.
 */
final class LinkPlace {

  private LinkPlace() {}

  /** The order of a list; edges that are alike in it come in the order of their keys. */
  static Comparator<Placed> order(List<LinkOrder> orders) {
    Comparator<Placed> all = (unusedOne, unusedOther) -> 0;
    for (int i = 0; i < orders.size(); i++) {
      int at = i;
      LinkOrder order = orders.get(i);
      Comparator<Placed> next =
          order.ofKey()
              ? key(order.descending())
              : Comparator.comparing(placed -> placed.values().get(at), order.values());
      all = all.thenComparing(next);
    }
    return all.thenComparing(key(false)).thenComparing(placed -> placed.link().edge());
  }

  private static Comparator<Placed> key(boolean descending) {
    Comparator<Placed> key = Comparator.comparing(placed -> placed.link().other());
    return descending ? key.reversed() : key;
  }

  /** Which edges of an ordered list are not behind the place where the page begins. */
  static Predicate<Placed> notBehind(LinkWish wish) {
    LinkWish.After after = wish.after();
    if (after == null) {
      return placed -> false;
    }
    Comparator<Placed> order = order(wish.order());
    Placed place = new Placed(link(wish, after.edge()), values(after.values()));
    return placed -> order.compare(placed, place) <= 0;
  }

  /** The cursor of an edge in a list. */
  static String cursor(Cursors cursors, LinkPage page, Placed placed) {
    byte[] edge = placed.link().edge().bytes();
    byte[] values =
        page.wish().order().isEmpty()
            ? new byte[0]
            : text(placed.values()).getBytes(StandardCharsets.UTF_8);
    byte[] place =
        ByteBuffer.allocate(Integer.BYTES + edge.length + values.length)
            .putInt(edge.length)
            .put(edge)
            .put(values)
            .array();
    return cursors.issue(list(page.wish(), page.vertex()), Key.ofEncoded(place));
  }

  /** Reads a cursor of a list of a vertex. */
  static LinkWish.After read(Cursors cursors, String text, LinkWish list, Key vertex)
      throws InputFault {
    Resumption resumption = cursors.resume(text, list(list, vertex));
    if (resumption instanceof Resumption.Refused refused) {
      throw new InputFault("The cursor in 'after' " + refused.fault().words() + ".");
    }
    ByteBuffer place = ByteBuffer.wrap(((Resumption.Resumed) resumption).last().bytes());
    int length = place.remaining() < Integer.BYTES ? -1 : place.getInt();
    if (length < 0 || length > place.remaining()) {
      throw new InputFault("The cursor in 'after' is of another kind of list.");
    }
    byte[] edge = new byte[length];
    place.get(edge);
    return new LinkWish.After(Key.ofEncoded(edge), StandardCharsets.UTF_8.decode(place).toString());
  }

  /** Stands for a list where lists are ranges of keys; equal for equal lists only. */
  private static Query.Scan list(LinkWish wish, Key vertex) {
    String choice =
        (wish.where() == null ? "" : FilterWriter.json(wish.where()))
            + '\n'
            + (wish.whereNode() == null ? "" : FilterWriter.json(wish.whereNode()))
            + '\n'
            + wish.order();
    KeyRange range =
        new KeyRange(
            vertex.bytes(), wish.side() == Side.OUT, choice.getBytes(StandardCharsets.UTF_8), true);
    return new Query.Scan(wish.edge().edges().id(), range, Query.Order.ASC, 1);
  }

  private static Link link(LinkWish wish, Key edge) {
    Key other =
        wish.side() == Side.OUT ? wish.edge().keys().to(edge) : wish.edge().keys().from(edge);
    return new Link(other, edge, new Version(0, 0), 0, new byte[0]);
  }

  /** A list may hold nothing where there was no value: null stands for it. */
  private static String text(List<JsonNode> values) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    values.forEach(value -> array.add(value.isMissingNode() ? null : value));
    return array.toString();
  }

  private static List<JsonNode> values(String text) {
    List<JsonNode> values = new ArrayList<>();
    for (JsonNode value : StoredValues.tree(text)) {
      values.add(value.isNull() ? MissingNode.getInstance() : value);
    }
    return values;
  }
}
