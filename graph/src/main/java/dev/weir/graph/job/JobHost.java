package dev.weir.graph.job;

import dev.weir.store.Catalogue;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Query;
import dev.weir.store.ShardMap;
import dev.weir.store.read.ShardCut;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Port: the node that jobs run on. Safe from any thread. */
public interface JobHost {

  /** Id of the node. */
  String node();

  /** Random number of this start of the node. */
  long session();

  /** The shards of the application. */
  ShardMap shards();

  /** The definitions as this node knows them. */
  Catalogue catalogue();

  /** Shards that this node is the serving active of. */
  List<Integer> actives();

  /**
   * The documents of a shard that is open here, as they stand now.
   *
   * @throws ShardCut.LostException if it is not open
   */
  ShardCut cut(int shard);

  /** Whether the nodes of the application are known to have one with this session. */
  boolean isMember(String node, long session);

  /** How long Kafka has not been heard of; empty if it can be reached. */
  Optional<Duration> silence();

  /** Has the owner of a shard decide an operation; empty = not now, try again. */
  CompletableFuture<Optional<Outcome>> submit(Operation operation);

  /** Asks all shards; empty = not now, try again. */
  CompletableFuture<Optional<Query.Page>> scan(Query.Scan scan);
}
