package dev.weir.query.routing;

import dev.weir.query.ClusterView;
import dev.weir.query.Database;
import dev.weir.query.ReadOptions;
import dev.weir.query.Result;
import dev.weir.store.Ack;
import dev.weir.store.Catalogue;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Query;
import dev.weir.store.ShardMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A database for callers that may do anything with its futures, even block: answers that are not
 * there at once are handed over to Java's pool for asynchronous work, so that nothing of theirs
 * runs on a thread that other answers need.
 *
 * @param inner the database itself
 */
public record HandedOver(Database inner) implements Database {

  @Override
  public Catalogue catalogue() {
    return inner.catalogue();
  }

  @Override
  public Set<String> incomplete() {
    return inner.incomplete();
  }

  @Override
  public ShardMap shards() {
    return inner.shards();
  }

  @Override
  public <R> CompletableFuture<Result<R>> ask(Query<R> query, ReadOptions options) {
    return handedOver(inner.ask(query, options));
  }

  @Override
  public CompletableFuture<Result<Outcome>> submit(Operation operation, Ack ack) {
    return handedOver(inner.submit(operation, ack));
  }

  @Override
  public CompletableFuture<ClusterView> cluster() {
    return handedOver(inner.cluster());
  }

  private static <T> CompletableFuture<T> handedOver(CompletableFuture<T> answer) {
    return answer.isDone() ? answer : answer.thenApplyAsync(value -> value);
  }
}
