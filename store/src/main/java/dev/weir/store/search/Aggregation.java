package dev.weir.store.search;

import dev.weir.store.Filter;
import dev.weir.store.KeyRange;
import dev.weir.store.SearchQuery.Aggregate;
import dev.weir.store.SearchQuery.Aggregated;
import dev.weir.store.SearchQuery.Group;
import dev.weir.store.filter.FieldTest;
import dev.weir.store.filter.FieldTree;
import dev.weir.store.filter.FieldValue;
import dev.weir.store.index.ByteSink;
import dev.weir.store.index.IndexEntries;
import dev.weir.store.index.ValueEncoding;
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

  private static final int EXPECTED = 256;
  private static final byte[] ALL = {};

  private final Aggregate query;
  private final Way way;
  private final AggregatePlace after;
  private final FieldTree fields = new FieldTree();
  private final FieldTest test;
  private final int group;
  private final int[] measured;
  private final Map<byte[], Tally[]> groups = new TreeMap<>(Arrays::compareUnsigned);

  Aggregation(Aggregate query, Way way, AggregatePlace after) {
    this.query = query;
    this.way = way;
    this.after = after;
    Filter left = left(query, way);
    this.test = left == null ? FieldTest.TRUE : FieldTest.of(left, fields);
    this.group = query.groupBy() == null ? -1 : fields.index(query.groupBy());
    this.measured =
        query.measures().stream()
            .mapToInt(measure -> measure.field() == null ? -1 : fields.index(measure.field()))
            .toArray();
  }

  /** The part of the filter that is not true of all documents of the index already. */
  private static @Nullable Filter left(Aggregate query, Way way) {
    if (query.filter() == null || !(way instanceof Way.ByIndex along)) {
      return query.filter();
    }
    List<Filter> known = Conjuncts.of(along.chosen().definition().where()).parts();
    List<Filter> left = new ArrayList<>(Conjuncts.of(query.filter()).parts());
    left.removeAll(known);
    return left.isEmpty() ? null : new Filter.And(left);
  }

  Aggregated page(SearchView view) {
    try (Findings findings = open(view)) {
      if (group < 0) {
        groups.put(ALL, tallies());
      }
      byte[] next = null;
      @Nullable FieldValue[] found = findings.next();
      while (found != null) {
        add(found);
        if (findings.entries() + findings.documents() >= query.most()
            || groups.size() >= MOST_GROUPS) {
          next = findings.place().bytes();
          break;
        }
        found = findings.next();
      }
      List<Group> all = new ArrayList<>(groups.size());
      groups.forEach(
          (place, tallies) ->
              all.add(
                  new Group(
                      place,
                      group < 0 ? null : ValueEncoding.take(ByteBuffer.wrap(place)),
                      Arrays.stream(tallies).map(Tally::measured).toList())));
      return new Aggregated(all, next, way.plan(findings.entries(), findings.documents()));
    }
  }

  private Findings open(SearchView view) {
    KeyRange range =
        after.index() == 0 ? Search.behind(query.range(), after.last()) : query.range();
    if (!(way instanceof Way.ByIndex along)) {
      return new DocumentFindings(way, new KeyRows(view, query.collection(), range), fields);
    }
    IndexChoice chosen = along.chosen();
    EntryLayout layout = EntryLayout.of(chosen.definition());
    byte[] behind = after.hasBegun() ? after.last() : null;
    KeySource keys =
        new EntryKeys(new AscendingEntries(view, layout, chosen.spans(), behind), layout, range);
    boolean told =
        chosen.isPlain()
            && chosen.section() == IndexEntries.WHOLE
            && !view.someAreGone()
            && fields.isAmong(chosen.definition().fields());
    return told
        ? new EntryFindings(view, along, keys, fields)
        : new DocumentFindings(
            way, new NamedRows(view, query.collection(), keys, EXPECTED), fields);
  }

  private void add(@Nullable FieldValue[] found) {
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
