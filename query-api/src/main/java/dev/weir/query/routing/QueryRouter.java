package dev.weir.query.routing;

import dev.weir.query.ClusterView;
import dev.weir.query.Database;
import dev.weir.query.Peers;
import dev.weir.query.PositionToken;
import dev.weir.query.ReadOptions;
import dev.weir.query.Result;
import dev.weir.query.SearchLimits;
import dev.weir.query.ShardQuery;
import dev.weir.query.ShardWrite;
import dev.weir.store.Ack;
import dev.weir.store.Catalogue;
import dev.weir.store.Demand;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.Refusal;
import dev.weir.store.SearchQuery;
import dev.weir.store.ShardMap;
import dev.weir.store.read.GatedReads;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.routing.RoutingTable;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The database as this node offers it: what its own shards hold is answered on the caller's thread,
 * the rest by one call to each node concerned. Questions wait for shards that move, within limits;
 * operations are sent again only if they certainly had no effect.
 */
public final class QueryRouter implements Database, MeterBinder {
  private final Application application;
  private final LocalShards local;
  private final GatedReads reads;
  private final TableSource tables;
  private final Peers peers;
  private final RouterSettings settings;
  private final RouterTime time;
  private final ReplicaCalls calls;
  private final SearchMeters searches = new SearchMeters();
  private final Incomplete incomplete = new Incomplete();

  /**
   * A router.
   *
   * @param peers calls the other nodes; never asked for this one
   */
  public QueryRouter(
      Application application,
      LocalShards local,
      TableSource tables,
      Peers peers,
      RouterSettings settings,
      RouterTime time) {
    this.application = application;
    this.local = local;
    this.reads = new GatedReads(local.reader(), local.gate());
    this.tables = tables;
    this.peers = peers;
    this.settings = settings;
    this.time = time;
    this.calls = new ReplicaCalls(peers, time, settings.hedges());
  }

  @Override
  public void bindTo(MeterRegistry metrics) {
    calls.bindTo(metrics);
    searches.bindTo(metrics);
  }

  @Override
  public Catalogue catalogue() {
    return local.catalogue().get();
  }

  @Override
  public SearchLimits searchLimits() {
    return settings.searches();
  }

  @Override
  public Set<String> incomplete() {
    return incomplete.names(tables.table(), catalogue());
  }

  @Override
  public ShardMap shards() {
    return application.shards();
  }

  @Override
  public <R> CompletableFuture<Result<R>> ask(Query<R> query, ReadOptions options) {
    Optional<String> foreign = foreign(options.token());
    if (foreign.isPresent()) {
      return CompletableFuture.completedFuture(
          new Result.Failure<>(new Refusal.ForeignPosition(foreign.get())));
    }
    Catalogue catalogue = catalogue();
    Reading reading = Reading.of(options, query.collection(), catalogue);
    QueryPlan<R> plan = QueryPlan.of(query, catalogue, application.shards());
    if (plan.parts().size() == 1) {
      Result<R> here = atOnce(plan, reading);
      if (here != null) {
        return CompletableFuture.completedFuture(
            query instanceof SearchQuery<?> ? counted(here) : here);
      }
    }
    Inquiry<R> inquiry =
        new Inquiry<>(
            local,
            tables,
            calls,
            attempts(patience(options)),
            new Inquiry.Asked(options, reading),
            plan);
    inquiry.start();
    return query instanceof SearchQuery<?> || query instanceof Query.Several
        ? inquiry.result().thenApply(this::counted)
        : inquiry.result();
  }

  private <R> Result<R> counted(Result<R> result) {
    if (result instanceof Result.Success<R> success) {
      searches.note(success.value());
    } else if (result instanceof Result.Partial<R> partial) {
      searches.note(partial.value());
    }
    return result;
  }

  /** The answer of this node's own replica, if it is the one to ask and has no need to wait. */
  private <R> @Nullable Result<R> atOnce(QueryPlan<R> plan, Reading reading) {
    ShardQuery<R> part = plan.parts().get(0);
    if (reading.strong() || (reading.naive() && !owns(part.shard()))) {
      return null;
    }
    if (!ReplicaChoice.serves(tables.table().nodes().get(local.node()), part.shard())) {
      return null; // others may be newer than what it has before it serves
    }
    Demand demand = reading.demand(part.shard(), reading.naive(), Duration.ZERO);
    if (reads.read(part.shard(), part.query(), demand).getNow(null)
        instanceof ReadResult.Answer<R> answer) {
      Result.Source source =
          new Result.Source(answer.shard(), local.node(), answer.position(), answer.staleness());
      return new Result.Success<>(plan.merge().merge(List.of(answer.value())), List.of(source));
    }
    return null;
  }

  private boolean owns(int shard) {
    NodeEntry owner = tables.table().actives().get(shard);
    return owner != null && owner.node().equals(local.node());
  }

  private Optional<String> foreign(@Nullable PositionToken token) {
    return token == null
        ? Optional.empty()
        : token.foreignTo(
            application.logId(), application.generation(), application.shards().shards());
  }

  private Duration patience(ReadOptions options) {
    Duration deadline = options.deadline();
    return deadline == null || deadline.compareTo(settings.read()) > 0 ? settings.read() : deadline;
  }

  @Override
  public CompletableFuture<Result<Outcome>> submit(Operation operation, Ack ack) {
    int shard = application.shards().shardOf(catalogue(), operation);
    Replication replication =
        new Replication(local.node(), reads, tables, peers, settings.attempt());
    if (ack == Ack.REPLICATED && !replication.possible(shard)) {
      return CompletableFuture.completedFuture(new Result.Failure<>(new Refusal.NoStandby(shard)));
    }
    ShardWrite write = new ShardWrite(shard, operation, ack == Ack.ACCEPTED);
    Submission submission = new Submission(local, tables, peers, attempts(settings.write()), write);
    whenDefined(shard, submission::attempt);
    return ack == Ack.REPLICATED
        ? submission.result().thenCompose(replication::await)
        : submission.result();
  }

  @Override
  public CompletableFuture<ClusterView> cluster() {
    return new ClusterSurvey(application, local, peers, settings.status()).view(tables.table());
  }

  /**
   * Waits until every shard shows a revision of the definitions, so that all nodes may use it.
   *
   * @param revision as {@link Outcome.Defined} gives it
   * @return the shards that do not show it yet when the time is over, in order; empty = all do;
   *     never completes exceptionally
   */
  public CompletableFuture<List<Integer>> awaitRevision(int revision, Duration timeout) {
    return shown(IntStream.range(0, shards().shards()).boxed().toList(), revision, timeout);
  }

  /**
   * Runs something once the shard's owner has folded the definitions that this node knows: it would
   * decide that a collection which is new does not exist. Does not wait for an owner, nor for ever.
   */
  private void whenDefined(int shard, Runnable action) {
    int revision = catalogue().revision();
    RoutingTable table = tables.table();
    if (table.active(shard).isEmpty() || table.showsAt(revision, shard)) {
      action.run();
    } else {
      var unused = shown(List.of(shard), revision, settings.attempt()).thenRun(action);
    }
  }

  private CompletableFuture<List<Integer>> shown(
      List<Integer> shards, int revision, Duration timeout) {
    RevisionWait wait = new RevisionWait(shards, tables, time, revision);
    wait.start(timeout);
    return wait.result();
  }

  private Attempts attempts(Duration patience) {
    return new Attempts(tables, settings, time, patience);
  }
}
