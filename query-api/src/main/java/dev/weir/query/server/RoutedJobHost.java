package dev.weir.query.server;

import dev.weir.graph.job.JobHost;
import dev.weir.query.Database;
import dev.weir.query.Result;
import dev.weir.store.Catalogue;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Query;
import dev.weir.store.ShardMap;
import dev.weir.store.node.StoreNode;
import dev.weir.store.read.ShardCut;
import dev.weir.store.routing.ShardState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** This node and the whole database behind it, as jobs need them. */
record RoutedJobHost(StoreNode store, Database database) implements JobHost {

  @Override
  public String node() {
    return store.nodeId();
  }

  @Override
  public long session() {
    return store.session();
  }

  @Override
  public ShardMap shards() {
    return database.shards();
  }

  @Override
  public Catalogue catalogue() {
    return store.catalogue();
  }

  @Override
  public List<Integer> actives() {
    return IntStream.range(0, shards().shards())
        .filter(shard -> store.ownership().state(shard) == ShardState.ACTIVE_SERVING)
        .boxed()
        .toList();
  }

  @Override
  public ShardCut cut(int shard) {
    return store.cut(shard);
  }

  @Override
  public boolean isMember(String node, long session) {
    var entry = store.membership().table().nodes().get(node);
    return entry != null && entry.session() == session;
  }

  @Override
  public Optional<Duration> silence() {
    return store.kafka().silence();
  }

  @Override
  public CompletableFuture<Optional<Outcome>> submit(Operation operation) {
    return database.submit(operation).thenApply(RoutedJobHost::value);
  }

  @Override
  public CompletableFuture<Optional<Query.Page>> scan(Query.Scan scan) {
    return database.ask(scan).thenApply(RoutedJobHost::value);
  }

  private static <T> Optional<T> value(Result<T> result) {
    return result instanceof Result.Success<T> success
        ? Optional.of(success.value())
        : Optional.empty();
  }
}
