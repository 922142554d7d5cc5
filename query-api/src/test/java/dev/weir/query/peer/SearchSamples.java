package dev.weir.query.peer;

import dev.weir.query.peer.Samples.Exchange;
import dev.weir.store.Filter;
import dev.weir.store.Filter.Field;
import dev.weir.store.Filter.Value;
import dev.weir.store.KeyRange;
import dev.weir.store.Query.Order;
import dev.weir.store.SearchQuery.Access;
import dev.weir.store.SearchQuery.Aggregate;
import dev.weir.store.SearchQuery.Aggregated;
import dev.weir.store.SearchQuery.Duplicates;
import dev.weir.store.SearchQuery.Find;
import dev.weir.store.SearchQuery.Found;
import dev.weir.store.SearchQuery.Group;
import dev.weir.store.SearchQuery.Hit;
import dev.weir.store.SearchQuery.Kind;
import dev.weir.store.SearchQuery.Measure;
import dev.weir.store.SearchQuery.Measured;
import dev.weir.store.SearchQuery.Occurrence;
import dev.weir.store.SearchQuery.Occurrences;
import dev.weir.store.SearchQuery.Plan;
import dev.weir.store.SearchQuery.Sort;
import dev.weir.store.filter.Expression;
import dev.weir.store.filter.ExpressionReader;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Arbitrary searches, with answers. */
final class SearchSamples {
  private SearchSamples() {}

  static Arbitrary<Exchange<?>> exchanges() {
    return Arbitraries.oneOf(finds(), aggregates(), duplicates());
  }

  private static Arbitrary<Exchange<?>> finds() {
    Arbitrary<Found> answers =
        Combinators.combine(
                Combinators.combine(Samples.documents(), Samples.bytes())
                    .as(Hit::new)
                    .list()
                    .ofMaxSize(4),
                Samples.bytes().injectNull(0.5),
                plans())
            .as((hits, next, plans) -> new Found(hits, next, plans));
    return Combinators.combine(
            ranges(),
            filters(),
            Combinators.combine(fields(), Arbitraries.of(Order.class))
                .as(Sort::new)
                .list()
                .ofMaxSize(3),
            limits(),
            Samples.bytes().injectNull(0.5),
            limits(),
            Arbitraries.of(true, false))
        .as(
            (range, filter, order, limit, after, most, scans) ->
                new Find(
                    7,
                    range,
                    filter.orElse(null),
                    order,
                    limit,
                    after,
                    List.of("a.b", "c"),
                    most,
                    scans))
        .flatMap(find -> Samples.exchange(find, answers));
  }

  private static Arbitrary<Exchange<?>> aggregates() {
    Arbitrary<Measured> measured =
        Combinators.combine(
                Samples.offsets(), Arbitraries.bigDecimals(), values(), Samples.offsets())
            .as((n, sum, edge, skipped) -> new Measured(n, sum, edge.orElse(null), skipped));
    Arbitrary<Group> groups =
        Combinators.combine(Samples.bytes(), values(), measured.list().ofMaxSize(3))
            .as((place, value, all) -> new Group(place, value.orElse(null), all));
    Arbitrary<Aggregated> answers =
        Combinators.combine(groups.list().ofMaxSize(3), Samples.bytes().injectNull(0.5), plans())
            .as((all, next, plans) -> new Aggregated(all, next, plans));
    Arbitrary<Measure> measures =
        Combinators.combine(Arbitraries.of(Kind.class), fields()).as(Measure::new);
    return Combinators.combine(
            ranges(),
            filters(),
            fields().injectNull(0.5),
            measures.list().ofMaxSize(3),
            Samples.bytes().injectNull(0.5),
            limits(),
            Arbitraries.of(true, false))
        .as(
            (range, filter, by, all, after, most, scans) ->
                new Aggregate(4, range, filter.orElse(null), by, all, after, most, scans))
        .flatMap(aggregate -> Samples.exchange(aggregate, answers));
  }

  private static Arbitrary<Exchange<?>> duplicates() {
    Arbitrary<Occurrence> occurrences =
        Combinators.combine(
                Samples.bytes(),
                values().filter(Optional::isPresent).list().ofMaxSize(3),
                Samples.offsets(),
                Samples.keys().list().ofMaxSize(3),
                Arbitraries.of(true, false))
            .as(
                (place, values, n, keys, exact) ->
                    new Occurrence(
                        place,
                        values.stream().map(Optional::orElseThrow).toList(),
                        n,
                        keys,
                        exact));
    Arbitrary<Occurrences> answers =
        Combinators.combine(occurrences.list().ofMaxSize(3), Samples.bytes().injectNull(0.5))
            .as(Occurrences::new);
    return Combinators.combine(
            Samples.numbers(), Samples.numbers(), Samples.bytes().injectNull(0.5), limits())
        .as(Duplicates::new)
        .flatMap(query -> Samples.exchange(query, answers));
  }

  private static Arbitrary<List<Plan>> plans() {
    return Combinators.combine(
            Arbitraries.of(Access.class),
            Arbitraries.strings().injectNull(0.5),
            Samples.offsets(),
            Samples.offsets(),
            Arbitraries.of(true, false))
        .as(Plan::new)
        .list()
        .ofMaxSize(2);
  }

  private static Arbitrary<Optional<Value>> values() {
    return Combinators.combine(
            Arbitraries.strings(), Arbitraries.bigDecimals(), Arbitraries.integers().between(0, 4))
        .as(
            (text, number, kind) ->
                List.of(
                        Optional.<Value>empty(),
                        Optional.<Value>of(new Value.Text(text)),
                        Optional.<Value>of(new Value.Numeric(number)),
                        Optional.<Value>of(new Value.Flag(number.signum() > 0)),
                        Optional.<Value>of(new Value.Null()))
                    .get(kind));
  }

  private static Arbitrary<Optional<Filter>> filters() {
    return Arbitraries.of("a == 1", "b in ['x', null, 2.5] || !(c.d)", "between(e, 'a', 'b')")
        .map(SearchSamples::filter)
        .optional();
  }

  private static Filter filter(String text) {
    return ((Expression.Good) ExpressionReader.read(text)).filter();
  }

  private static Arbitrary<KeyRange> ranges() {
    return Combinators.combine(Samples.bytes().injectNull(0.5), Samples.bytes().injectNull(0.5))
        .as((from, to) -> new KeyRange(from, true, to, false));
  }

  private static Arbitrary<Field> fields() {
    return Arbitraries.of("a", "b.c", "d\\.e").map(Field::of);
  }

  private static Arbitrary<Integer> limits() {
    return Arbitraries.integers().greaterOrEqual(1);
  }
}
