package dev.weir.query.graphql.fields;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.store.GraphQuery.Link;
import dev.weir.store.Key;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some edges of a vertex, the source of a connection's fields.
 *
 * @param vertex key of the vertex
 * @param wish what was asked
 * @param links in their order
 * @param end the edge that the page ends with, which may be one that does not match; null = none
 * @param more whether there may be further ones behind it
 * @param tooMany whether there are more than were looked at, so that they have no order
 */
record LinkPage(
    Key vertex,
    LinkWish wish,
    List<Placed> links,
    @Nullable Placed end,
    boolean more,
    boolean tooMany) {

  LinkPage {
    links = List.copyOf(links);
  }

  /** An edge with the values that it is put in order by, one for each of the orders. */
  record Placed(Link link, List<JsonNode> values) {}

  /** The source of an edge's fields. */
  record Entry(LinkPage page, Placed placed) {
    Link link() {
      return placed.link();
    }
  }

  List<Entry> entries() {
    return links.stream().map(placed -> new Entry(this, placed)).toList();
  }
}
