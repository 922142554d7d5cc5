package dev.weir.query.routing;

import dev.weir.query.ClusterView;
import dev.weir.query.Database;
import dev.weir.query.Peers;
import dev.weir.query.Result;
import dev.weir.query.ShardQuery;
import dev.weir.store.Catalogue;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.ShardMap;
import dev.weir.store.routing.NodeEntry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The database as this node offers it: what its own shards hold is answered on the caller's thread,
 * the rest by one call to each node concerned. Questions wait for shards that move, within limits;
 * operations are sent again only if they certainly had no effect.
 */
public final class QueryRouter implements Database {
  private final Application application;
  private final LocalShards local;
  private final TableSource tables;
  private final Peers peers;
  private final RouterSettings settings;
  private final RouterTime time;

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
    this.tables = tables;
    this.peers = peers;
    this.settings = settings;
    this.time = time;
  }

  @Override
  public Catalogue catalogue() {
    return local.catalogue().get();
  }

  @Override
  public ShardMap shards() {
    return application.shards();
  }

  @Override
  public <R> CompletableFuture<Result<R>> ask(Query<R> query) {
    QueryPlan<R> plan = QueryPlan.of(query, application.shards());
    if (plan.parts().size() == 1) {
      ShardQuery<R> part = plan.parts().get(0);
      NodeEntry owner = tables.table().actives().get(part.shard());
      if (owner != null
          && owner.node().equals(local.node())
          && LocalReads.read(local.reader(), part) instanceof ReadResult.Answer<R> answer) {
        Result.Source source = new Result.Source(answer.shard(), local.node(), answer.position());
        return CompletableFuture.completedFuture(
            new Result.Success<>(answer.value(), List.of(source)));
      }
    }
    Inquiry<R> inquiry = new Inquiry<>(local, tables, peers, attempts(settings.read()), plan);
    inquiry.attempt();
    return inquiry.result();
  }

  @Override
  public CompletableFuture<Result<Outcome>> submit(Operation operation) {
    Submission submission =
        new Submission(
            local, tables, peers, attempts(settings.write()), shardOf(operation), operation);
    submission.attempt();
    return submission.result();
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
    RevisionWait wait = new RevisionWait(application.shards(), tables, time, revision);
    wait.start(timeout);
    return wait.result();
  }

  private Attempts attempts(Duration patience) {
    return new Attempts(tables, settings, time, patience);
  }

  private int shardOf(Operation operation) {
    if (operation instanceof Operation.Put put) {
      return application.shards().shardOf(put.key());
    }
    if (operation instanceof Operation.Delete delete) {
      return application.shards().shardOf(delete.key());
    }
    return operation instanceof Operation.Track track
        ? application.shards().shardOf(track.rowKey())
        : 0; // definitions
  }
}
