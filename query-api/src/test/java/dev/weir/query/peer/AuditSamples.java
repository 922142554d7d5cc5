package dev.weir.query.peer;

import dev.weir.query.ShardQuery;
import dev.weir.query.peer.Samples.Exchange;
import dev.weir.store.AuditQuery;
import dev.weir.store.AuditQuery.Counted;
import dev.weir.store.AuditQuery.Documents;
import dev.weir.store.AuditQuery.Mark;
import dev.weir.store.AuditQuery.Origins;
import dev.weir.store.AuditQuery.Reached;
import dev.weir.store.ReadResult;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.apache.kafka.common.Uuid;

/** Arbitrary questions of audits, with answers. */
final class AuditSamples {
  private AuditSamples() {}

  static Arbitrary<Exchange<?>> exchanges() {
    return Arbitraries.oneOf(documents(), origins());
  }

  private static Arbitrary<Exchange<?>> documents() {
    Arbitrary<Mark> marks = Combinators.combine(Samples.keys(), Arbitraries.longs()).as(Mark::new);
    Arbitrary<Counted> answers =
        Combinators.combine(
                Samples.offsets(),
                Arbitraries.longs().list().ofSize(AuditQuery.BUCKETS),
                marks.list().ofMaxSize(5),
                Samples.keys().injectNull(0.3))
            .as(Counted::new);
    return Combinators.combine(
            Samples.numbers(),
            Samples.numbers(),
            Samples.keys().injectNull(0.3),
            Arbitraries.integers().between(0, AuditQuery.BUCKETS - 1).list().ofMaxSize(5),
            Arbitraries.integers().greaterOrEqual(1))
        .as((c, s, after, named, n) -> new Documents(c, s, after, new TreeSet<>(named), n))
        .flatMap(query -> exchange(query, answers));
  }

  private static Arbitrary<Exchange<?>> origins() {
    Arbitrary<Reached> reached =
        Combinators.combine(
                Arbitraries.longs(),
                Samples.numbers(),
                Arbitraries.integers().greaterOrEqual(-1),
                Arbitraries.longs().greaterOrEqual(-1))
            .as(
                (id, partition, revision, seq) ->
                    new Reached(new Uuid(id, 7), partition, revision, seq));
    return Combinators.combine(Samples.numbers(), Samples.numbers())
        .as(Origins::new)
        .flatMap(query -> exchange(query, reached.list().ofMaxSize(4)));
  }

  /** The shard that is asked is the one that the question names. */
  private static <R> Arbitrary<Exchange<?>> exchange(AuditQuery<R> query, Arbitrary<R> values) {
    Arbitrary<ReadResult<R>> answers =
        Combinators.combine(values, Samples.positions())
            .as((value, position) -> new ReadResult.Answer<>(value, query.shard(), position));
    return answers.map(answer -> new Exchange<>(new ShardQuery<>(query.shard(), query), answer));
  }
}
