package dev.weir.query.peer;

import dev.weir.query.peer.Samples.Exchange;
import dev.weir.store.Filter;
import dev.weir.store.GraphQuery;
import dev.weir.store.GraphQuery.Along;
import dev.weir.store.GraphQuery.Link;
import dev.weir.store.GraphQuery.Miscount;
import dev.weir.store.GraphQuery.Neighbours;
import dev.weir.store.GraphQuery.Side;
import dev.weir.store.GraphQuery.Tallied;
import dev.weir.store.GraphQuery.Tally;
import dev.weir.store.GraphQuery.Trace;
import dev.weir.store.GraphQuery.Visited;
import dev.weir.store.GraphQuery.Wanted;
import dev.weir.store.Key;
import dev.weir.store.Query;
import dev.weir.store.Version;
import dev.weir.store.filter.FilterReader;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** Arbitrary questions about edges, with answers. */
final class GraphSamples {
  private GraphSamples() {}

  static Arbitrary<Exchange<?>> exchanges() {
    return Arbitraries.oneOf(expands(), degrees(), selects(), visits(), tallies());
  }

  private static Arbitrary<Exchange<?>> expands() {
    return Combinators.combine(
            Samples.numbers(),
            Arbitraries.of(Side.class),
            keys(),
            limits(),
            Samples.keys(),
            filters(),
            Arbitraries.of(true, false))
        .as(
            (c, side, keys, limit, after, filter, values) ->
                new GraphQuery.Expand(
                    c, side, keys, limit, keys.size() == 1 ? after : null, filter, values))
        .flatMap(q -> Samples.exchange(q, neighbours().list().ofSize(q.vertices().size())));
  }

  private static Arbitrary<Exchange<?>> degrees() {
    return Combinators.combine(Samples.numbers(), Arbitraries.of(Side.class), keys())
        .as(GraphQuery.Degrees::new)
        .flatMap(q -> Samples.exchange(q, Samples.offsets().list().ofSize(q.vertices().size())));
  }

  private static Arbitrary<Exchange<?>> selects() {
    return Combinators.combine(Samples.numbers(), keys(), filters(), fields())
        .as(Query.Select::new)
        .flatMap(q -> Samples.exchange(q, Samples.found().list().ofSize(q.keys().size())));
  }

  private static Arbitrary<Exchange<?>> visits() {
    Arbitrary<Along> along =
        Combinators.combine(
                Samples.numbers(),
                Arbitraries.of(Side.class),
                filters(),
                limits(),
                Arbitraries.of(true, false))
            .as(Along::new);
    return Combinators.combine(
            Samples.numbers(),
            keys(),
            Arbitraries.of(Wanted.class),
            filters(),
            fields(),
            along.list().ofMaxSize(2),
            limits())
        .as(GraphQuery.Visit::new)
        .flatMap(
            q -> Samples.exchange(q, visited(q.along().size()).list().ofSize(q.vertices().size())));
  }

  private static Arbitrary<Exchange<?>> tallies() {
    Arbitrary<Long> longs = Arbitraries.longs();
    Arbitrary<Tallied> answers =
        Combinators.combine(
                Samples.offsets(),
                longs.list().ofSize(Tally.BUCKETS),
                Combinators.combine(Samples.keys(), longs).as(Trace::new).list().ofMaxSize(3),
                Combinators.combine(Samples.keys(), longs, Samples.offsets())
                    .as(Miscount::new)
                    .list()
                    .ofMaxSize(3),
                Samples.keys().injectNull(0.3))
            .as(Tallied::new);
    return Combinators.combine(
            Samples.numbers(),
            Samples.numbers(),
            Arbitraries.of(Side.class),
            Samples.keys().injectNull(0.3),
            Arbitraries.integers().between(-1, Tally.BUCKETS - 1),
            limits())
        .as(Tally::new)
        .flatMap(q -> Samples.exchange(q, answers));
  }

  private static Arbitrary<Visited> visited(int along) {
    return Combinators.combine(
            Arbitraries.of(true, false), Samples.found(), neighbours().list().ofSize(along))
        .as(
            (matches, document, neighbours) ->
                new Visited(matches, document, matches ? neighbours : List.of()));
  }

  private static Arbitrary<Neighbours> neighbours() {
    Arbitrary<Link> links =
        Combinators.combine(
                Samples.keys(),
                Samples.keys(),
                Samples.numbers(),
                Samples.offsets(),
                Samples.bytes())
            .as((o, e, n, offset, v) -> new Link(o, e, new Version(n, offset), n, v));
    return Combinators.combine(links.list().ofMaxSize(4), Arbitraries.of(true, false))
        .as(Neighbours::new);
  }

  private static Arbitrary<List<Key>> keys() {
    return Samples.keys().list().ofMinSize(1).ofMaxSize(4);
  }

  private static Arbitrary<List<String>> fields() {
    return Arbitraries.strings().list().ofMaxSize(3);
  }

  private static Arbitrary<Integer> limits() {
    return Arbitraries.integers().greaterOrEqual(1);
  }

  private static Arbitrary<@Nullable Filter> filters() {
    return Arbitraries.of("{\"a\":{\"gt\":3}}", "{\"or\":[{\"a.b\":\"x\"},{\"not\":{\"c\":null}}]}")
        .map(json -> FilterReader.read(json).value().orElseThrow())
        .injectNull(0.3);
  }
}
