package dev.weir.query.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.ClusterView;
import dev.weir.query.Result;
import dev.weir.store.Ack;
import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Document;
import dev.weir.store.Key;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Query;
import dev.weir.store.Refusal;
import dev.weir.store.ShardGate;
import dev.weir.store.ShardStatus;
import dev.weir.store.routing.RoutingTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueryRouterTest {
  /** A seed with which no call is lost in these tests. */
  private static final long SEED = 4;

  private static final Duration LONG = Duration.ofSeconds(30);

  private final SimulatedCluster cluster = new SimulatedCluster(SEED, 3, 6);
  private final SimulatedCluster.Node node = cluster.nodes.get(0);

  QueryRouterTest() {
    adopt(1);
  }

  @Test
  void whatTheNodeHoldsIsAnsweredAtOnce() {
    Key local = keyOf(0);
    CompletableFuture<Result<Optional<Document>>> result = node.router.ask(new Query.Get(1, local));

    assertThat(result).isDone();
    Result.Success<Optional<Document>> success = (Result.Success<Optional<Document>>) result.join();
    assertThat(success.value()).isEmpty();
    assertThat(success.sources())
        .containsExactly(new Result.Source(0, "n0", cluster.shards.get(0).position()));
    assertThat(node.calls).isEmpty();
  }

  @Test
  void manyKeysTakeOneCallPerNode() {
    List<Key> keys =
        IntStream.range(0, 60).mapToObj(n -> Key.ofEncoded(new byte[] {(byte) n})).toList();
    CompletableFuture<Result<List<Optional<Document>>>> result =
        node.router.ask(new Query.MultiGet(1, keys));
    cluster.time.runUntil(LONG.toNanos());

    Result.Success<List<Optional<Document>>> success =
        (Result.Success<List<Optional<Document>>>) result.join();
    assertThat(success.value()).hasSize(60);
    assertThat(success.sources().stream().map(Result.Source::shard))
        .containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(node.calls).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void aStoppedShardIsSaidAtOnce() {
    QueryRouter router = routerOver(new Refusal.Stopped(0, "a gap in the log"));
    assertThat(router.ask(new Query.Get(1, keyOf(0))).join())
        .isEqualTo(new Result.Failure<>(new Refusal.Stopped(0, "a gap in the log")));
  }

  @Test
  void aStateThatCannotBeReadIsSaidAtOnce() {
    QueryRouter router = routerOver(null);
    assertThat(router.ask(new Query.Get(1, keyOf(0))).join())
        .isInstanceOfSatisfying(
            Result.Failure.class,
            failure -> assertThat(failure.refusal()).isInstanceOf(Refusal.Stopped.class));
  }

  @Test
  void aCollectionThatThisNodeKnowsIsWaitedFor() {
    cluster.shards.get(0).fold(new Operation.Adopt(catalogue(2, 1, 2)), 0);
    CompletableFuture<Result<Long>> known = node.router.ask(new Query.Count(2));
    CompletableFuture<Result<Long>> unknown = node.router.ask(new Query.Count(9));
    cluster.time.runUntil(Duration.ofMillis(200).toNanos());
    assertThat(known).isNotDone();
    assertThat(unknown.join()).isEqualTo(new Result.Failure<>(new Refusal.UnknownCollection(9)));

    cluster.shards.forEach(shard -> shard.fold(new Operation.Adopt(catalogue(2, 1, 2)), 0));
    cluster.time.runUntil(LONG.toNanos());
    assertThat(known.join()).isInstanceOf(Result.Success.class);
  }

  @Test
  void aWriteWaitsUntilTheShardHasFoldedTheDefinitions() {
    Operation.Put put = new Operation.Put(2, keyOf(1), new byte[] {1});
    cluster.shards.get(0).fold(new Operation.Adopt(catalogue(2, 1, 2)), 0);
    CompletableFuture<Result<Outcome>> early = node.router.submit(put, Ack.APPLIED);
    cluster.time.runUntil(Duration.ofMillis(100).toNanos());
    assertThat(cluster.appended).isEmpty();

    cluster.shards.forEach(shard -> shard.fold(new Operation.Adopt(catalogue(2, 1, 2)), 0));
    cluster.move(3, 1); // any change makes the nodes announce what they have
    cluster.time.runUntil(LONG.toNanos());
    assertThat(((Result.Success<Outcome>) early.join()).value()).isInstanceOf(Outcome.Stored.class);
  }

  @Test
  void aRevisionIsAwaitedAtEveryShard() {
    CompletableFuture<List<Integer>> old = node.router.awaitRevision(1, LONG);
    CompletableFuture<List<Integer>> never = node.router.awaitRevision(3, Duration.ofSeconds(1));
    cluster.move(1, 0); // any change makes the nodes announce what they have
    cluster.time.runUntil(Duration.ofSeconds(2).toNanos());
    assertThat(old.join()).isEmpty();
    assertThat(never.join()).containsExactly(0, 1, 2, 3, 4, 5);

    CompletableFuture<List<Integer>> next = node.router.awaitRevision(2, LONG);
    adopt(2);
    assertThat(next).isNotDone();
    cluster.move(2, 0);
    cluster.time.runUntil(Duration.ofSeconds(4).toNanos());
    assertThat(next).isDone();
    assertThat(next.join()).isEmpty();
  }

  @Test
  void aRouterWithAnOldTableIsRightInItsSecondRound() {
    RoutingTable old = node.table;
    cluster.move(1, 2);
    cluster.time.runUntil(Duration.ofSeconds(2).toNanos());
    RoutingTable newest = node.table;
    assertThat(newest.version()).isGreaterThan(old.version());
    node.table = old;
    node.calls.clear();

    CompletableFuture<Result<Optional<Document>>> result =
        node.router.ask(new Query.Get(1, keyOf(1)));
    cluster.time.after(Duration.ofMillis(10), () -> node.learn(newest));
    cluster.time.runUntil(LONG.toNanos());
    assertThat(((Result.Success<Optional<Document>>) result.join()).sources())
        .extracting(Result.Source::node)
        .containsExactly("n2");
    assertThat(node.calls).containsExactly("n1", "n2");
  }

  /** It answers HTTP before it has heard of others: spring-cloud-stream-binder-kafka #1185. */
  @Test
  void whoKnowsNobodyYetWaitsOrSaysSo() {
    RoutingTable known = node.table;
    node.table = new RoutingTable(-1, new TreeMap<>(), Map.of());
    CompletableFuture<Result<Optional<Document>>> early =
        node.router.ask(new Query.Get(1, keyOf(1)));
    cluster.time.after(Duration.ofMillis(500), () -> node.learn(known));
    cluster.time.runUntil(Duration.ofMillis(400).toNanos());
    assertThat(early).isNotDone();
    cluster.time.runUntil(LONG.toNanos());
    assertThat(early.join()).isInstanceOf(Result.Success.class);

    node.table = new RoutingTable(-1, new TreeMap<>(), Map.of());
    CompletableFuture<Result<Optional<Document>>> never =
        node.router.ask(new Query.Get(1, keyOf(1)));
    cluster.time.runUntil(2 * LONG.toNanos());
    assertThat(never.join())
        .isInstanceOfSatisfying(
            Result.Failure.class,
            failure -> assertThat(failure.refusal()).isInstanceOf(Refusal.Rebalancing.class));
  }

  @Test
  void aNodeThatDoesNotAnswerIsShownAsItLastAnnounced() {
    cluster.nodes.get(2).alive = false;
    CompletableFuture<ClusterView> view = node.router.cluster();
    cluster.time.runUntil(Duration.ofSeconds(1).toNanos());

    List<ClusterView.Node> nodes = view.join().nodes();
    assertThat(nodes.stream().map(ClusterView.Node::id)).containsExactly("n0", "n1", "n2");
    assertThat(nodes.stream().map(ClusterView.Node::live)).containsExactly(true, true, false);
    assertThat(nodes.get(2).shards().stream().map(ShardStatus::shard)).containsExactly(2, 5);
    assertThat(nodes.get(2).shards().get(0).lag()).isEqualTo(-1);
  }

  @Test
  void everyShardIsReachedFromEveryNode() {
    HashSet<String> owners = new HashSet<>();
    for (int shard = 0; shard < 6; shard++) {
      CompletableFuture<Result<Optional<Document>>> result =
          node.router.ask(new Query.Get(1, keyOf(shard)));
      cluster.time.runUntil(cluster.time.nanoTime() + LONG.toNanos());
      owners.add(((Result.Success<Optional<Document>>) result.join()).sources().get(0).node());
    }
    assertThat(owners).containsExactlyInAnyOrder("n0", "n1", "n2");
  }

  @Test
  void aWriteWhoseShardMovesIsAnsweredByItsNewOwner() {
    cluster.reliable = true;
    List<CompletableFuture<Result<Outcome>>> writes = new ArrayList<>();
    for (int n = 0; n < 30; n++) {
      Key key = keyOf(n % 6);
      byte[] value = {(byte) n};
      int shard = n % 6;
      int to = (n + 1 + n / 6) % 3;
      cluster.time.after(
          Duration.ofMillis(n * 40L),
          () -> writes.add(node.router.submit(new Operation.Put(1, key, value))));
      cluster.time.after(Duration.ofMillis(n * 40L + 4), () -> cluster.move(shard, to));
    }
    cluster.time.runUntil(LONG.toNanos());

    assertThat(writes).hasSize(30);
    for (CompletableFuture<Result<Outcome>> write : writes) {
      assertThat(write.join())
          .isInstanceOfSatisfying(
              Result.Success.class,
              done -> assertThat(done.value()).isInstanceOf(Outcome.Stored.class));
    }
    assertThat(cluster.appended.values()).containsOnly(1);
    assertThat(cluster.claimed).as("some of them moved on the way").isPositive();
  }

  private QueryRouter routerOver(Refusal refusal) {
    LocalShards broken =
        new LocalShards(
            "n0", new Broken(refusal), ShardGate.OPEN, node, node::status, Catalogue::empty);
    return new QueryRouter(
        cluster.application, broken, node.tables, node, SimulatedCluster.SETTINGS, cluster.time);
  }

  private Key keyOf(int shard) {
    for (int n = 0; ; n++) {
      Key key = Key.ofEncoded(new byte[] {1, (byte) n});
      if (cluster.application.shards().shardOf(key) == shard) {
        return key;
      }
    }
  }

  private void adopt(int revision) {
    cluster.shards.forEach(shard -> shard.fold(new Operation.Adopt(catalogue(revision, 1)), 0));
    cluster.move(0, 0);
  }

  private static Catalogue catalogue(int revision, int... ids) {
    return new Catalogue(
        revision,
        10,
        IntStream.of(ids)
            .mapToObj(
                id ->
                    new CollectionDefinition(
                        id, "c" + id, KeyType.Scalar.BYTES, "bytes", Writer.API, null, 1))
            .toList(),
        List.of());
  }
}
