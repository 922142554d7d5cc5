package dev.weir.store.search;

import dev.weir.store.Document;
import dev.weir.store.Refusal;
import dev.weir.store.SearchQuery.Find;
import dev.weir.store.SearchQuery.Found;
import dev.weir.store.SearchQuery.Hit;
import dev.weir.store.filter.FieldTest;
import dev.weir.store.filter.FieldTree;
import dev.weir.store.filter.FieldValue;
import dev.weir.store.filter.Projection;
import dev.weir.store.search.Rows.Row;
import dev.weir.store.write.StateValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the documents of one page. Used once, by one thread. */
final class Finder {
  private final Find query;
  private final Way way;
  private final FieldTree fields = new FieldTree();
  private final FieldTest test;
  private final Places places;
  private final @Nullable Projection projection;

  Finder(Find query, Way way) {
    this.query = query;
    this.way = way;
    this.test = query.filter() == null ? FieldTest.TRUE : FieldTest.of(query.filter(), fields);
    this.places = new Places(query.order(), fields);
    this.projection = query.fields().isEmpty() ? null : Projection.of(query.fields());
  }

  /**
   * The page.
   *
   * @param all closed with it
   * @param advice the index that would help
   */
  Searched<Found> page(Rows all, String advice) {
    try (Rows rows = all) {
      return way.ordering() == Ordering.BY_VALUES ? sorted(rows, advice) : inOrder(rows);
    }
  }

  private Searched<Found> inOrder(Rows rows) {
    List<Hit> hits = new ArrayList<>();
    byte[] last = query.after();
    for (Row row = rows.next(); row != null; row = rows.next()) {
      if (hits.size() == query.limit()) {
        return answer(hits, hits.get(hits.size() - 1).place(), rows);
      }
      byte[] value = StateValues.value(row.stored());
      @Nullable FieldValue[] found = fields.find(value);
      byte[] place = places.of(found, row.key());
      last = place;
      if (isBehind(place) && test.holds(found)) {
        hits.add(hit(row, place));
      }
      // Where keys are put in order, all entries are read before the first document is.
      long before = way.ordering() == Ordering.BY_KEYS ? 0 : rows.entries();
      if (before + rows.documents() >= query.most()) {
        return answer(hits, last, rows);
      }
    }
    return answer(hits, null, rows);
  }

  private Searched<Found> sorted(Rows rows, String advice) {
    TopHits top = new TopHits(query.limit());
    for (Row row = rows.next(); row != null; row = rows.next()) {
      if (rows.entries() + rows.documents() > query.most()) {
        return new Searched.Refused<>(new Refusal.UnboundedSort(query.collection(), advice));
      }
      @Nullable FieldValue[] found = fields.find(StateValues.value(row.stored()));
      if (test.holds(found)) {
        byte[] place = places.of(found, row.key());
        if (isBehind(place)) {
          top.offer(place, row);
        }
      }
    }
    List<Hit> hits = new ArrayList<>();
    top.sorted().forEach(placed -> hits.add(hit(placed.row(), placed.place())));
    return answer(hits, top.more() ? hits.get(hits.size() - 1).place() : null, rows);
  }

  private boolean isBehind(byte[] place) {
    byte[] after = query.after();
    return after == null || Arrays.compareUnsigned(place, after) > 0;
  }

  private Hit hit(Row row, byte[] place) {
    Document document = StateValues.document(row.key(), row.stored());
    return new Hit(
        projection == null
            ? document
            : new Document(
                document.key(),
                projection.of(document.value()),
                document.version(),
                document.timestamp()),
        place);
  }

  private Searched<Found> answer(List<Hit> hits, byte @Nullable [] next, Rows rows) {
    return new Searched.Answer<>(new Found(hits, next, way.plan(rows.entries(), rows.documents())));
  }
}
