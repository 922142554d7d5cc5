package dev.weir.store.search;

import dev.weir.store.SearchQuery.Aggregate;
import dev.weir.store.SearchQuery.Aggregated;
import dev.weir.store.SearchQuery.Group;
import dev.weir.store.filter.FieldTest;
import dev.weir.store.filter.FieldTree;
import dev.weir.store.filter.FieldValue;
import dev.weir.store.index.ByteSink;
import dev.weir.store.index.ValueEncoding;
import dev.weir.store.search.Rows.Row;
import dev.weir.store.write.StateValues;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes groups of documents as they come. Used once, by one thread. */
final class Aggregation {
  /** Groups of one page. */
  static final int MOST_GROUPS = 10_000;

  private static final byte[] ALL = {};

  private final Aggregate query;
  private final Way way;
  private final FieldTree fields = new FieldTree();
  private final FieldTest test;
  private final int group;
  private final int[] measured;
  private final Map<byte[], Tally[]> groups = new TreeMap<>(Arrays::compareUnsigned);

  Aggregation(Aggregate query, Way way) {
    this.query = query;
    this.way = way;
    this.test = query.filter() == null ? FieldTest.TRUE : FieldTest.of(query.filter(), fields);
    this.group = query.groupBy() == null ? -1 : fields.index(query.groupBy());
    this.measured =
        query.measures().stream()
            .mapToInt(measure -> measure.field() == null ? -1 : fields.index(measure.field()))
            .toArray();
  }

  Aggregated page(SearchView view) {
    try (Rows rows = way.open(view, query.collection())) {
      if (group < 0) {
        groups.put(ALL, tallies());
      }
      byte[] next = null;
      for (Row row = rows.next(); row != null; row = rows.next()) {
        add(row);
        if (rows.entries() + rows.documents() >= query.most() || groups.size() >= MOST_GROUPS) {
          next = row.key().bytes();
          break;
        }
      }
      List<Group> all = new ArrayList<>(groups.size());
      groups.forEach(
          (place, tallies) ->
              all.add(
                  new Group(
                      place,
                      group < 0 ? null : ValueEncoding.take(ByteBuffer.wrap(place)),
                      Arrays.stream(tallies).map(Tally::measured).toList())));
      return new Aggregated(all, next, way.plan(rows));
    }
  }

  private void add(Row row) {
    @Nullable FieldValue[] found = fields.find(StateValues.value(row.stored()));
    if (!test.holds(found)) {
      return;
    }
    Tally[] tallies = groups.computeIfAbsent(place(found), place -> tallies());
    for (int i = 0; i < tallies.length; i++) {
      if (measured[i] < 0) {
        tallies[i].one();
      } else {
        tallies[i].add(found[measured[i]]);
      }
    }
  }

  private byte[] place(@Nullable FieldValue[] found) {
    if (group < 0) {
      return ALL;
    }
    ByteSink out = new ByteSink(16);
    ValueEncoding.put(found[group], out);
    return out.toBytes();
  }

  private Tally[] tallies() {
    return query.measures().stream()
        .map(measure -> new Tally(measure.kind()))
        .toArray(Tally[]::new);
  }
}
