package dev.weir.query.server;

import dev.weir.query.Database;
import dev.weir.query.ReadOptions;
import dev.weir.query.Result;
import dev.weir.query.SearchLimits;
import dev.weir.query.search.FieldCheck;
import dev.weir.query.search.FilterText;
import dev.weir.query.search.Measures;
import dev.weir.query.search.Totals;
import dev.weir.query.search.Totals.Totalled;
import dev.weir.query.server.WeirCollection.Entry;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Document;
import dev.weir.store.Filter;
import dev.weir.store.Filter.Field;
import dev.weir.store.KeyRange;
import dev.weir.store.SearchQuery.Aggregate;
import dev.weir.store.SearchQuery.Aggregated;
import dev.weir.store.SearchQuery.Find;
import dev.weir.store.SearchQuery.Found;
import dev.weir.store.SearchQuery.Group;
import dev.weir.store.SearchQuery.Hit;
import dev.weir.store.SearchQuery.Measure;
import dev.weir.store.SearchQuery.Plan;
import dev.weir.store.SearchQuery.Sort;
import dev.weir.store.filter.Clause;
import dev.weir.store.filter.ClauseReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A question about the contents of a collection's documents, as it is being put together.
 * Immutable: every method gives another one. What cannot be read, or can match no document by the
 * collection's schema, is an {@link IllegalArgumentException} with the place of the fault.
 *
 * @param <K> type of the keys
 */
public final class Search<K> {
  private final Place<K> place;
  private final @Nullable Filter filter;
  private final List<Sort> order;

  private Search(Place<K> place, @Nullable Filter filter, List<Sort> order) {
    this.place = place;
    this.filter = filter;
    this.order = order;
  }

  /** All documents of a place. */
  static <K> Search<K> of(Place<K> place) {
    return new Search<>(place, null, List.of());
  }

  /**
   * Where and how is asked.
   *
   * @param entries makes documents what callers get
   */
  record Place<K>(
      Database database,
      CollectionDefinition collection,
      ReadOptions options,
      Function<Document, Entry<K>> entries) {}

  /** Only documents of which an expression is true too. */
  public Search<K> where(String expression) {
    FilterText.Reading reading = FilterText.read(expression);
    if (reading instanceof FilterText.Reading.BadExpression bad) {
      throw new IllegalArgumentException(bad.at().toString());
    } else if (reading instanceof FilterText.Reading.BadJson bad) {
      throw new IllegalArgumentException(bad.faults().get(0).toString());
    }
    return where(((FilterText.Reading.Good) reading).filter());
  }

  /** Only documents of which a filter is true too. */
  public Search<K> where(Filter more) {
    FieldCheck check = FieldCheck.of(place.collection());
    check.filter(more);
    end(check);
    Filter both = filter == null ? more : new Filter.And(List.of(filter, more));
    return new Search<>(place, both, order);
  }

  /** In the order of fields, such as {@code age desc, name}; what is equal comes by key. */
  public Search<K> orderedBy(String fields) {
    List<Sort> sorts = read(ClauseReader.order(fields));
    FieldCheck check = FieldCheck.of(place.collection());
    sorts.forEach(sort -> check.field(sort.field()));
    end(check);
    return new Search<>(place, filter, sorts);
  }

  /**
   * The first documents.
   *
   * @param limit most documents, at least 1
   * @throws RefusedException if a shard does not answer, or it would take too much
   */
  public List<Entry<K>> first(int limit) {
    List<Entry<K>> found = new ArrayList<>();
    byte[] next = null;
    ReadOptions from = place.options();
    do {
      Result<Found> result = place.database().ask(find(limit - found.size(), next), from).join();
      if (result instanceof Result.Failure<Found> failure) {
        throw new RefusedException(place.collection().name(), failure.refusal());
      }
      Result.Success<Found> success = (Result.Success<Found>) result;
      from = from.after(success.sources());
      for (Hit hit : success.value().hits()) {
        found.add(place.entries().apply(hit.document()));
      }
      next = success.value().next();
    } while (next != null && found.size() < limit);
    return found;
  }

  /** How each shard finds the first page of so many documents, in the order of the shards. */
  public List<Plan> explain(int limit) {
    Result<Found> result = place.database().ask(find(limit, null), place.options()).join();
    if (result instanceof Result.Failure<Found> failure) {
      throw new RefusedException(place.collection().name(), failure.refusal());
    }
    return ((Result.Success<Found>) result).value().plans();
  }

  private Find find(int limit, byte @Nullable [] after) {
    SearchLimits limits = place.database().searchLimits();
    return new Find(
        place.collection().id(),
        KeyRange.all(),
        filter,
        order,
        limit,
        after,
        List.of(),
        limits.rowsOfEach(place.database().shards().shards()),
        limits.scans());
  }

  /** The number of documents. */
  public long count() {
    Object count = aggregate("count").get("count");
    return ((Number) Objects.requireNonNull(count)).longValue();
  }

  /**
   * What the documents come to.
   *
   * @param measures such as {@code count, sum(total)}
   * @return numbers, texts, truth values or null by the measures' names
   */
  public Map<String, Object> aggregate(String measures) {
    Aggregate query = aggregate(null, read(ClauseReader.measures(measures)));
    return Measures.of(query, Measures.groups(query, total(query)).get(0));
  }

  /**
   * What the documents come to by the values of a field, in the order of the values.
   *
   * @param field such as {@code address.city}
   * @param measures such as {@code count, sum(total)}
   * @return by the value, which is null for those without one, and for lists and objects
   */
  public Map<@Nullable Object, Map<String, Object>> groupedBy(String field, String measures) {
    List<Field> fields = read(ClauseReader.fields(field));
    if (fields.size() > 1) {
      throw new IllegalArgumentException("documents are grouped by one field");
    }
    Aggregate query = aggregate(fields.get(0), read(ClauseReader.measures(measures)));
    Map<@Nullable Object, Map<String, Object>> groups = new LinkedHashMap<>();
    for (Group group : total(query).groups()) {
      groups.putIfAbsent(Measures.value(group.value()), Measures.of(query, group));
    }
    return groups;
  }

  private Aggregate aggregate(@Nullable Field groupBy, List<Measure> measures) {
    FieldCheck check = FieldCheck.of(place.collection());
    if (groupBy != null) {
      check.field(groupBy);
    }
    for (Measure measure : measures) {
      Field field = measure.field();
      if (field != null) {
        check.field(field);
      }
    }
    end(check);
    return new Aggregate(
        place.collection().id(), KeyRange.all(), filter, groupBy, measures, null, 1, true);
  }

  private Aggregated total(Aggregate query) {
    Totalled totalled =
        new Totals(
                piece -> place.database().ask(piece, place.options()).join(),
                place.database().searchLimits(),
                place.database().shards().shards())
            .total(query);
    if (totalled instanceof Totalled.Refused refused) {
      throw new RefusedException(place.collection().name(), refused.refusal());
    } else if (totalled instanceof Totalled.TooMuch much) {
      throw new IllegalArgumentException(
          "the answer is made of more than " + much.most() + " " + much.what());
    }
    Result<Aggregated> result = ((Totalled.Complete) totalled).result();
    return ((Result.Success<Aggregated>) result).value();
  }

  private static <T> List<T> read(Clause<T> clause) {
    if (clause instanceof Clause.Good<T> readable) {
      return readable.items();
    }
    throw new IllegalArgumentException(((Clause.Bad<T>) clause).at().toString());
  }

  private static void end(FieldCheck check) {
    if (!check.faults().isEmpty()) {
      throw new IllegalArgumentException(check.faults().get(0).toString());
    }
  }
}
