package dev.weir.query.testing;

import dev.weir.query.ClusterView;
import dev.weir.query.Database;
import dev.weir.query.PositionToken;
import dev.weir.query.ReadOptions;
import dev.weir.query.Result;
import dev.weir.query.SearchLimits;
import dev.weir.query.ShardQuery;
import dev.weir.query.routing.QueryPlan;
import dev.weir.store.Ack;
import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Consistency;
import dev.weir.store.DefinitionChange;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Position;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.Refusal;
import dev.weir.store.Role;
import dev.weir.store.ShardMap;
import dev.weir.store.ShardStatus;
import dev.weir.store.Staleness;
import dev.weir.store.Version;
import dev.weir.store.write.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * A whole database in this process: several shards of sorted maps on pretended nodes {@code
 * node-0}, {@code node-1}, …, one per shard. Definitions and edges reach all shards at once. Safe
 * from any thread.
 */
public final class InMemoryDatabase implements Database {
  private static final Uuid LOG_ID = new Uuid(0x5eedL, 0xda7aL);

  private final ShardMap map;
  private final List<InMemoryShard> shards;
  private final AtomicLong clock = new AtomicLong(1_700_000_000_000L);
  private volatile @Nullable Refusal refusal;
  private volatile SearchLimits limits = SearchLimits.defaults();
  private volatile Set<String> incomplete = Set.of();

  /**
   * A database without collections.
   *
   * @param shards at least 1
   */
  public InMemoryDatabase(int shards) {
    this.map = new ShardMap(shards);
    this.shards =
        IntStream.range(0, shards).mapToObj(s -> new InMemoryShard(s, shards, LOG_ID, 0)).toList();
  }

  /** Adds a collection and gives its definition with the id it got. */
  public CollectionDefinition addCollection(
      String name, KeyType keyType, String format, Writer writer, @Nullable String schema) {
    CollectionDefinition wanted =
        new CollectionDefinition(0, name, keyType, format, writer, schema, 1);
    return add(wanted);
  }

  /** Adds a collection or an edge type and gives its definition with the id it got. */
  public CollectionDefinition add(CollectionDefinition wanted) {
    Result<Outcome> result =
        submit(
                new Operation.Define(
                    List.of(
                        new DefinitionChange.PutCollection(wanted, DefinitionChange.Mode.APPLY))))
            .join();
    return catalogue()
        .collection(wanted.name())
        .orElseThrow(() -> new NoSuchElementException("not defined: " + result));
  }

  /** From now on these collections are said to show less than there is. */
  public void incomplete(Set<String> names) {
    incomplete = Set.copyOf(names);
  }

  @Override
  public Set<String> incomplete() {
    return incomplete;
  }

  /** Stores a document as a source would, whatever the collection's writer is. */
  public Outcome ingest(Operation operation) {
    Outcome outcome =
        shards.get(map.shardOf(catalogue(), operation)).fold(operation, clock.getAndIncrement());
    settle();
    return outcome;
  }

  /** Brings a record of a source to a shard. */
  public void ingest(int shard, LogRecord.Ingested record, long timestamp) {
    shards.get(shard).ingest(record, timestamp);
    settle();
  }

  /** Carries what shards have for each other, and what goes on in steps, to its end. */
  private synchronized void settle() {
    boolean moved = true;
    while (moved) {
      moved = false;
      for (InMemoryShard shard : shards) {
        moved |= shard.send(shards::get);
      }
    }
  }

  /** From now on every question and operation is refused with this; null = answered again. */
  public void refuse(@Nullable Refusal reason) {
    refusal = reason;
  }

  @Override
  public Catalogue catalogue() {
    return shards.get(0).catalogue();
  }

  /** From now on questions about the contents of documents may take this. */
  public void limit(SearchLimits allowed) {
    limits = allowed;
  }

  @Override
  public SearchLimits searchLimits() {
    return limits;
  }

  @Override
  public ShardMap shards() {
    return map;
  }

  @Override
  public <R> CompletableFuture<Result<R>> ask(Query<R> query, ReadOptions options) {
    return CompletableFuture.completedFuture(answer(query, options));
  }

  private <R> Result<R> answer(Query<R> query, ReadOptions options) {
    Refusal refused = refusal;
    if (refused != null) {
      return new Result.Failure<>(refused);
    }
    PositionToken token = options.token();
    Optional<String> foreign =
        token == null ? Optional.empty() : token.foreignTo(LOG_ID, 0, map.shards());
    if (foreign.isPresent()) {
      return new Result.Failure<>(new Refusal.ForeignPosition(foreign.get()));
    }
    // Every shard is always as fresh as can be.
    Staleness bound = options.level() instanceof Consistency.Bounded ? new Staleness(0, 0) : null;
    QueryPlan<R> plan = QueryPlan.of(query, catalogue(), map);
    List<R> answers = new ArrayList<>();
    List<Result.Source> sources = new ArrayList<>();
    for (ShardQuery<R> part : plan.parts()) {
      ReadResult<R> read = shards.get(part.shard()).read(part.query());
      if (read instanceof ReadResult.Refused<R> no) {
        return new Result.Failure<>(no.refusal());
      }
      ReadResult.Answer<R> answer = (ReadResult.Answer<R>) read;
      long reached = answer.position().offset();
      if (token != null && token.floor(part.shard()) > reached) {
        return new Result.Failure<>(
            new Refusal.BehindPosition(part.shard(), reached, token.floor(part.shard())));
      }
      answers.add(answer.value());
      sources.add(
          new Result.Source(part.shard(), "node-" + part.shard(), answer.position(), bound));
    }
    return new Result.Success<>(plan.merge().merge(answers), sources);
  }

  @Override
  public CompletableFuture<Result<Outcome>> submit(Operation operation, Ack ack) {
    Refusal refused = refusal;
    if (refused != null) {
      return CompletableFuture.completedFuture(new Result.Failure<>(refused));
    }
    int shard = map.shardOf(catalogue(), operation);
    long now = clock.getAndIncrement();
    Outcome outcome = shards.get(shard).submit(operation, now);
    if (ack == Ack.ACCEPTED) {
      Position reached = shards.get(shard).position();
      outcome = new Outcome.Accepted(new Version(reached.generation(), reached.offset()));
    }
    if (outcome instanceof Outcome.Defined) {
      shards
          .subList(1, shards.size())
          .forEach(s -> s.fold(new Operation.Adopt(shards.get(0).catalogue()), now));
    }
    settle();
    Result.Source source = new Result.Source(shard, "node-" + shard, shards.get(shard).position());
    return CompletableFuture.completedFuture(new Result.Success<>(outcome, List.of(source)));
  }

  @Override
  public CompletableFuture<ClusterView> cluster() {
    List<ClusterView.Node> nodes = IntStream.range(0, shards.size()).mapToObj(this::node).toList();
    return CompletableFuture.completedFuture(
        new ClusterView("in-memory", LOG_ID.toString(), 0, 0, nodes));
  }

  private ClusterView.Node node(int shard) {
    InMemoryShard state = shards.get(shard);
    ShardStatus status =
        new ShardStatus(
            shard,
            Role.ACTIVE,
            true,
            state.position(),
            state.position().offset() + 1,
            state.catalogue().revision(),
            0,
            null);
    String url = "http://127.0.0.1:" + (7071 + shard);
    return new ClusterView.Node("node-" + shard, url, "", 1000 + shard, "", true, List.of(status));
  }
}
