package dev.weir.query.routing;

import dev.weir.store.Document;
import dev.weir.store.Query;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Merges the pages of several shards in key order.
 *
 * <p>A page may hold fewer documents than were asked for and still have more behind it (a shard may
 * cut by size), so the merge ends where the first such page ends: what lies behind it is unknown.
 */
final class PageMerge {
  private PageMerge() {}

  static Query.Page merge(Query.Scan scan, List<Query.Page> pages) {
    Comparator<Cursor> byKey = Comparator.comparing(c -> c.head().key());
    PriorityQueue<Cursor> heads =
        new PriorityQueue<>(
            Math.max(1, pages.size()), scan.order() == Query.Order.ASC ? byKey : byKey.reversed());
    boolean more = false;
    for (Query.Page page : pages) {
      more |= page.more();
      if (!page.documents().isEmpty()) {
        heads.add(new Cursor(page));
      } else if (page.more()) {
        return new Query.Page(List.of(), true);
      }
    }
    List<Document> merged = new ArrayList<>();
    while (merged.size() < scan.limit() && !heads.isEmpty()) {
      Cursor cursor = heads.remove();
      merged.add(cursor.head());
      if (cursor.advance()) {
        heads.add(cursor);
      } else if (cursor.page.more()) {
        break;
      }
    }
    return new Query.Page(merged, more || !heads.isEmpty());
  }

  private static final class Cursor {
    private final Query.Page page;
    private int next;

    Cursor(Query.Page page) {
      this.page = page;
    }

    Document head() {
      return page.documents().get(next);
    }

    boolean advance() {
      return ++next < page.documents().size();
    }
  }
}
