package dev.weir.store.search;

import dev.weir.store.Catalogue;
import dev.weir.store.Filter;
import dev.weir.store.IndexDefinition;
import dev.weir.store.Key;
import dev.weir.store.KeyRange;
import dev.weir.store.Query.Order;
import dev.weir.store.Refusal;
import dev.weir.store.SearchQuery;
import dev.weir.store.SearchQuery.Access;
import dev.weir.store.SearchQuery.Aggregate;
import dev.weir.store.SearchQuery.Aggregated;
import dev.weir.store.SearchQuery.Duplicates;
import dev.weir.store.SearchQuery.Find;
import dev.weir.store.SearchQuery.Found;
import dev.weir.store.SearchQuery.Occurrences;
import dev.weir.store.SearchQuery.Sort;
import dev.weir.store.write.IndexState;
import dev.weir.store.write.StateKeys;
import dev.weir.store.write.StateValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers questions about the contents of a shard as it is at one moment. Used by one thread. */
public final class Search {
  private final SearchView view;
  private final Catalogue catalogue;

  /** Answers from a state with its definitions. */
  public Search(SearchView view, Catalogue catalogue) {
    this.view = view;
    this.catalogue = catalogue;
  }

  /** What this shard answers. */
  @SuppressWarnings("unchecked") // the query fixes its answer's type
  public <R> Searched<R> answer(SearchQuery<R> query) {
    if (query instanceof Find find) {
      return (Searched<R>) find(find);
    }
    return query instanceof Aggregate aggregate
        ? (Searched<R>) aggregate(aggregate)
        : (Searched<R>) duplicates((Duplicates) query);
  }

  private Searched<Found> find(Find query) {
    byte[] after = query.after();
    boolean byKey = query.order().isEmpty();
    KeyRange range = byKey && after != null ? behind(query.range(), after) : query.range();
    Way way = way(query);
    boolean free = byKey && matchesAll(query.filter());
    if (isRefused(way, query.scans() || free)) {
      return refused(new Refusal.ScanRefused(query.collection(), advice(query)));
    }
    RowsOpener opener = new RowsOpener(view, query.collection(), range);
    if (way instanceof Way.ByIndex byIndex && way.ordering() == Ordering.BY_KEYS) {
      Rows rows = opener.byKeys(byIndex, query.most(), query.limit() + 1);
      if (rows != null) {
        return new Finder(query, way).page(rows, "");
      }
      return refused(new Refusal.UnboundedSort(query.collection(), advice(query)));
    }
    return new Finder(query, way)
        .page(opener.open(way, query.order(), after, query.limit() + 1), advice(query));
  }

  /** The best way; if too much would have to be put in order for a page, one that streams. */
  private Way way(Find query) {
    boolean byKey = query.order().isEmpty();
    Planner planner =
        new Planner(built(query.collection()), query.range(), query.filter(), query.order());
    Way way = plain(planner.way(), byKey);
    if (way.ordering() == Ordering.COMING || !(way instanceof Way.ByIndex byIndex)) {
      return way;
    }
    return planner
        .streaming()
        .map(other -> plain(other, byKey))
        .filter(other -> other.ordering() == Ordering.COMING)
        .filter(other -> other.access() != Access.SCAN || query.scans())
        .filter(other -> pays(query, byIndex))
        .orElse(way);
  }

  /**
   * Whether a page is had sooner by reading in order until it is full. If of n documents e match,
   * that takes n / e rows a hit, and the other way takes e rows.
   */
  private boolean pays(Find query, Way.ByIndex way) {
    byte[] count = StateKeys.count(query.collection());
    long documents = StateValues.number(view.multiGet(List.of(count)).get(0), 0);
    double limit = Math.sqrt((double) documents * query.limit());
    long most = Math.min(query.most(), Math.max(query.limit(), (long) limit));
    EntryLayout layout = EntryLayout.of(way.chosen().definition());
    try (Entries entries = new AscendingEntries(view, layout, way.chosen().spans(), null)) {
      long read = 0;
      while (read <= most && entries.next() != null) {
        read++;
      }
      return read > most;
    }
  }

  private Searched<Aggregated> aggregate(Aggregate query) {
    List<Sort> order =
        query.groupBy() == null ? List.of() : List.of(new Sort(query.groupBy(), Order.ASC));
    AggregatePlace after = AggregatePlace.of(query.after());
    List<IndexDefinition> indexes =
        built(query.collection()).stream().filter(after::mayUse).toList();
    Way way = plain(new Planner(indexes, query.range(), query.filter(), order).way(), false);
    if (!after.isOf(way)) {
      return refused(new Refusal.UnknownIndex(query.collection(), after.index()));
    }
    if (isRefused(way, query.scans())) {
      String advice = Advice.of(query.filter(), order);
      return refused(new Refusal.ScanRefused(query.collection(), advice));
    }
    return new Searched.Answer<>(new Aggregation(query, way, after).page(view));
  }

  private Searched<Occurrences> duplicates(Duplicates query) {
    Optional<IndexDefinition> index =
        built(query.collection()).stream().filter(i -> i.id() == query.index()).findFirst();
    return index.isEmpty()
        ? refused(new Refusal.UnknownIndex(query.collection(), query.index()))
        : new Searched.Answer<>(new ValueCount(query, index.get()).page(view));
  }

  /** The indexes of a collection that have all documents. */
  private List<IndexDefinition> built(int collection) {
    List<IndexDefinition> indexes = catalogue.indexes(collection);
    if (indexes.isEmpty()) {
      return indexes;
    }
    List<byte @Nullable []> states =
        view.multiGet(indexes.stream().map(index -> StateKeys.indexState(index.id())).toList());
    List<IndexDefinition> built = new ArrayList<>();
    for (int i = 0; i < indexes.size(); i++) {
      if (IndexState.read(states.get(i)).built()) {
        built.add(indexes.get(i));
      }
    }
    return built;
  }

  /** Without spans that hold nothing; if others than those meant hold something, in no order. */
  private Way plain(Way way, boolean byKey) {
    if (!(way instanceof Way.ByIndex byIndex) || byIndex.chosen().isPlain()) {
      return way;
    }
    IndexChoice chosen = byIndex.chosen();
    EntryLayout layout = EntryLayout.of(chosen.definition());
    List<Span> spans =
        chosen.spans().stream()
            .filter(
                span -> (span.from()[0] & 0xff) == chosen.section() || holdsSomething(layout, span))
            .toList();
    IndexChoice left = chosen.with(spans);
    Ordering ordering =
        left.isPlain() || way.ordering() != Ordering.COMING
            ? way.ordering()
            : byKey ? Ordering.BY_KEYS : Ordering.BY_VALUES;
    return new Way.ByIndex(way.access(), left, byIndex.range(), ordering);
  }

  private boolean holdsSomething(EntryLayout layout, Span span) {
    try (StateWalk walk =
        view.walk(layout.stateKey(span.from()), layout.stateKey(span.to()), false)) {
      return walk.valid();
    }
  }

  private static String advice(Find query) {
    return Advice.of(query.filter(), query.order());
  }

  private static <R> Searched<R> refused(Refusal refusal) {
    return new Searched.Refused<>(refusal);
  }

  private static boolean isRefused(Way way, boolean scans) {
    return way.access() == Access.SCAN && !scans;
  }

  private static boolean matchesAll(@Nullable Filter filter) {
    return filter == null || filter.equals(Filter.ALL);
  }

  /** What of a range lies behind a key. */
  static KeyRange behind(KeyRange range, byte[] key) {
    return range.from() != null && Arrays.compareUnsigned(range.from(), key) > 0
        ? range
        : range.after(Key.ofEncoded(key));
  }
}
