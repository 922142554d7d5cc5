package dev.weir.store.search;

import dev.weir.store.Catalogue;
import dev.weir.store.Filter;
import dev.weir.store.KeyRange;
import dev.weir.store.Refusal;
import dev.weir.store.SearchQuery;
import dev.weir.store.SearchQuery.Access;
import dev.weir.store.SearchQuery.Aggregate;
import dev.weir.store.SearchQuery.Duplicates;
import dev.weir.store.SearchQuery.Find;
import dev.weir.store.SearchQuery.Sort;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers questions about the contents of a shard as it is at one moment. Used by one thread. */
public final class Search {
  private final SearchView view;

  @SuppressWarnings("UnusedVariable") // the indexes to choose among
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
    if (query instanceof Aggregate aggregate) {
      return (Searched<R>) aggregate(aggregate);
    }
    Duplicates duplicates = (Duplicates) query;
    return new Searched.Refused<>(
        new Refusal.UnknownIndex(duplicates.collection(), duplicates.index()));
  }

  private Searched<SearchQuery.Found> find(Find query) {
    String advice = Advice.of(query.filter(), query.order());
    byte[] after = query.after();
    boolean byKey = query.order().isEmpty();
    KeyRange range = byKey && after != null ? behind(query.range(), after) : query.range();
    Way way = new Way(access(query.range()), null, range, byKey);
    boolean free = byKey && matchesAll(query.filter());
    return isRefused(way, query.scans() || free)
        ? new Searched.Refused<>(new Refusal.ScanRefused(query.collection(), advice))
        : new Finder(query, way).page(view, advice);
  }

  private Searched<SearchQuery.Aggregated> aggregate(Aggregate query) {
    List<Sort> order =
        query.groupBy() == null
            ? List.of()
            : List.of(new Sort(query.groupBy(), dev.weir.store.Query.Order.ASC));
    byte[] after = query.after();
    KeyRange range = after == null ? query.range() : behind(query.range(), after);
    Way way = new Way(access(query.range()), null, range, true);
    return isRefused(way, query.scans())
        ? new Searched.Refused<>(
            new Refusal.ScanRefused(query.collection(), Advice.of(query.filter(), order)))
        : new Searched.Answer<>(new Aggregation(query, way).page(view));
  }

  private static boolean isRefused(Way way, boolean scans) {
    return way.access() == Access.SCAN && !scans;
  }

  static boolean matchesAll(@Nullable Filter filter) {
    return filter == null || filter.equals(Filter.ALL);
  }

  private static Access access(KeyRange range) {
    if (range.from() == null && range.to() == null) {
      return Access.SCAN;
    }
    return range.fromInclusive() && range.toInclusive() && Arrays.equals(range.from(), range.to())
        ? Access.KEY
        : Access.KEY_RANGE;
  }

  private static KeyRange behind(KeyRange range, byte[] key) {
    return range.from() != null && Arrays.compareUnsigned(range.from(), key) > 0
        ? range
        : range.after(dev.weir.store.Key.ofEncoded(key));
  }
}
