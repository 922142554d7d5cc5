package dev.weir.query.peer;

import dev.weir.query.ShardQuery;
import dev.weir.store.Condition;
import dev.weir.store.Consistency;
import dev.weir.store.Demand;
import dev.weir.store.Document;
import dev.weir.store.IndexProgress;
import dev.weir.store.Key;
import dev.weir.store.KeyRange;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Position;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.Refusal;
import dev.weir.store.Role;
import dev.weir.store.ShardStatus;
import dev.weir.store.Staleness;
import dev.weir.store.Version;
import dev.weir.store.WriteResult;
import dev.weir.store.write.Fingerprint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.apache.kafka.common.Uuid;

/** Arbitrary values of everything that nodes send each other. */
final class Samples {
  private Samples() {}

  /** A question with an answer of its kind. */
  record Exchange<R>(ShardQuery<R> question, ReadResult<R> result) {}

  static Arbitrary<byte[]> bytes() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(40);
  }

  static Arbitrary<Key> keys() {
    return bytes().map(Key::ofEncoded);
  }

  static Arbitrary<Long> offsets() {
    return Arbitraries.longs().between(-1, Long.MAX_VALUE - 1);
  }

  static Arbitrary<Integer> numbers() {
    return Arbitraries.integers().greaterOrEqual(0);
  }

  static Arbitrary<Position> positions() {
    return Combinators.combine(
            Arbitraries.longs(), offsets(), numbers(), Arbitraries.integers().greaterOrEqual(-1))
        .as(
            (id, offset, generation, epoch) ->
                new Position(new Uuid(id, ~id), generation, offset, epoch));
  }

  static Arbitrary<Document> documents() {
    return Combinators.combine(keys(), bytes(), numbers(), offsets())
        .as((k, v, g, o) -> new Document(k, v, new Version(g, o), Math.abs(o)));
  }

  static Arbitrary<Optional<Document>> found() {
    return documents().optional();
  }

  static Arbitrary<Refusal> refusals() {
    return Combinators.combine(
            numbers(), Arbitraries.strings(), Arbitraries.integers().between(0, 15))
        .as(
            (number, text, kind) ->
                List.<Refusal>of(
                        new Refusal.NotOwner(number),
                        new Refusal.Rebalancing(number, text),
                        new Refusal.Stopped(number, text),
                        new Refusal.UnknownCollection(number),
                        new Refusal.Overloaded(text),
                        new Refusal.Unreachable(number, text),
                        new Refusal.LogUnavailable(text),
                        new Refusal.LogUnreachable(text),
                        new Refusal.BehindPosition(number, number - 1L, number),
                        new Refusal.TooStale(number, text),
                        new Refusal.ForeignPosition(text),
                        new Refusal.NoStandby(number),
                        new Refusal.NotReplicated(number, text),
                        new Refusal.UnboundedSort(number, text),
                        new Refusal.ScanRefused(number, text),
                        new Refusal.UnknownIndex(number, number))
                    .get(kind));
  }

  static Arbitrary<Demand> demands() {
    Arbitrary<Consistency> levels =
        Combinators.combine(
                Arbitraries.longs().between(1, Long.MAX_VALUE / 2).injectNull(0.3), numbers())
            .as(
                (nanos, kind) ->
                    List.of(
                            Consistency.STRONG,
                            Consistency.SESSION,
                            Consistency.EVENTUAL,
                            nanos == null
                                ? Consistency.Bounded.records(kind)
                                : new Consistency.Bounded(Duration.ofNanos(nanos), kind - 1L))
                        .get(kind % 4));
    return Combinators.combine(levels, offsets(), Arbitraries.of(true, false), numbers())
        .as((level, floor, active, ms) -> new Demand(level, floor, active, Duration.ofMillis(ms)));
  }

  static Arbitrary<Staleness> bounds() {
    return Combinators.combine(offsets(), offsets()).as(Staleness::new);
  }

  static Arbitrary<Exchange<?>> exchanges() {
    Arbitrary<Exchange<?>> gets = keys().flatMap(k -> exchange(new Query.Get(3, k), found()));
    Arbitrary<Exchange<?>> multiGets =
        keys()
            .list()
            .ofMinSize(1)
            .ofMaxSize(8)
            .flatMap(ks -> exchange(new Query.MultiGet(9, ks), found().list().ofSize(ks.size())));
    Arbitrary<Exchange<?>> scans =
        Combinators.combine(
                bytes().injectNull(0.3),
                bytes().injectNull(0.3),
                Arbitraries.of(Query.Order.class),
                Arbitraries.integers().greaterOrEqual(1))
            .as(
                (from, to, order, n) ->
                    new Query.Scan(1, new KeyRange(from, true, to, false), order, n))
            .flatMap(
                scan ->
                    exchange(
                        scan,
                        documents().list().ofMaxSize(8).map(d -> new Query.Page(d, d.size() > 3))));
    Arbitrary<Exchange<?>> counts = numbers().flatMap(c -> exchange(new Query.Count(c), offsets()));
    Arbitrary<Exchange<?>> progress =
        Combinators.combine(numbers(), numbers())
            .as((n, partition) -> new Query.Progress(n, new Uuid(n, ~n), partition))
            .flatMap(query -> exchange(query, offsets().map(o -> new Query.Reached(o >= 0, o))));
    Arbitrary<Exchange<?>> decisions =
        offsets().flatMap(o -> exchange(new Query.Decision(o), outcomes().optional()));
    return Arbitraries.oneOf(
        gets,
        multiGets,
        scans,
        counts,
        progress,
        decisions,
        AuditSamples.exchanges(),
        GraphSamples.exchanges(),
        SearchSamples.exchanges());
  }

  static <R> Arbitrary<Exchange<?>> exchange(Query<R> query, Arbitrary<R> values) {
    Arbitrary<ReadResult<R>> answers =
        Combinators.combine(values, numbers(), positions(), bounds().injectNull(0.5))
            .as(ReadResult.Answer::new);
    Arbitrary<ReadResult<R>> refused = refusals().map(no -> new ReadResult.Refused<R>(no));
    return Combinators.combine(numbers(), demands(), Arbitraries.oneOf(answers, refused))
        .as(
            (shard, demand, result) ->
                new Exchange<>(new ShardQuery<>(shard, query, demand), result));
  }

  static Arbitrary<Operation> operations() {
    return Combinators.combine(keys(), bytes(), numbers(), Arbitraries.integers().between(0, 6))
        .as(
            (k, v, c, kind) -> {
              Operation.Change put = new Operation.Put(c, k, v);
              Operation.When when =
                  new Operation.When(new Condition.OneOf(List.of(new Version(c, 4))), put);
              return switch (kind) {
                case 0 -> put;
                case 1 -> new Operation.Delete(c, k);
                case 2 -> new Operation.Patch(c, k, v, null);
                case 3 -> when;
                case 4 -> new Operation.Batch(List.of(when, when));
                case 5 -> Fingerprint.once("key-" + c, when);
                default -> Fingerprint.once("key", new Operation.Batch(List.of(when)));
              };
            });
  }

  static Arbitrary<Outcome> outcomes() {
    return Combinators.combine(
            numbers(),
            offsets(),
            Arbitraries.of(true, false),
            Arbitraries.strings(),
            Arbitraries.of(Outcome.Reason.class))
        .as(
            (n, offset, yes, text, reason) ->
                List.<Outcome>of(
                        new Outcome.Stored(new Version(n, offset), yes),
                        new Outcome.Removed(yes),
                        new Outcome.Defined(n),
                        new Outcome.Rejected(reason, text),
                        new Outcome.ConditionFailed(yes ? null : new Version(n, offset)),
                        new Outcome.Missing(),
                        new Outcome.Superseded(),
                        new Outcome.Accepted(new Version(n, offset)),
                        new Outcome.Batched(
                            List.of(
                                new Outcome.Removed(yes),
                                new Outcome.Stored(new Version(n, offset), yes))),
                        new Outcome.BatchRefused(n, new Outcome.Rejected(reason, text)),
                        new Outcome.Repeated(new Outcome.Batched(List.of())),
                        new Outcome.Repeated(new Outcome.BatchRefused(1, new Outcome.Missing())))
                    .get(n % 12));
  }

  static Arbitrary<WriteResult> writeResults() {
    Arbitrary<WriteResult> decided =
        Combinators.combine(outcomes(), numbers(), positions()).as(WriteResult.Decided::new);
    return Arbitraries.oneOf(decided, refusals().map(WriteResult.Refused::new));
  }

  static Arbitrary<ShardStatus> statuses() {
    return Combinators.combine(
            numbers(),
            Arbitraries.of(Role.class),
            positions(),
            offsets(),
            numbers(),
            Arbitraries.strings().injectNull(0.5),
            numbers().map(n -> new IndexProgress(n, n + 1L, n + 2L)).list().ofMaxSize(2))
        .as(
            (shard, role, position, end, n, reason, building) ->
                new ShardStatus(shard, role, n % 2 == 0, position, end, n, end, reason, building));
  }
}
