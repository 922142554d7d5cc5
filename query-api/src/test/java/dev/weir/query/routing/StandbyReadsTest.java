package dev.weir.query.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.PeerReply;
import dev.weir.query.Peers;
import dev.weir.query.PositionToken;
import dev.weir.query.ReadOptions;
import dev.weir.query.Result;
import dev.weir.query.ShardQuery;
import dev.weir.query.ShardWrite;
import dev.weir.query.testing.InMemoryShard;
import dev.weir.query.testing.InMemoryShards;
import dev.weir.store.Admission;
import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Consistency;
import dev.weir.store.Demand;
import dev.weir.store.Document;
import dev.weir.store.Key;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.Refusal;
import dev.weir.store.Role;
import dev.weir.store.ShardGate;
import dev.weir.store.ShardMap;
import dev.weir.store.ShardStatus;
import dev.weir.store.WriteResult;
import dev.weir.store.read.GatedReads;
import dev.weir.store.routing.HeldShard;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.routing.RoutingTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/** One shard: its active at n1, standbys at n2 and n3 that trail; n0 has none of it. */
class StandbyReadsTest {
  private static final Uuid LOG = new Uuid(1, 9);
  private static final Key KEY = Key.ofEncoded(new byte[] {7});
  private static final Query.Get GET = new Query.Get(1, KEY);

  private final VirtualTime time = new VirtualTime();
  private final List<Node> nodes = new ArrayList<>();
  private final List<String> calls = new ArrayList<>();
  private boolean activeServes = true;
  private Optional<Duration> logSilence = Optional.empty();

  StandbyReadsTest() {
    for (int i = 0; i < 4; i++) {
      nodes.add(new Node("n" + i));
    }
    write(1, 5);
    write(2, 4);
    write(3, 3);
  }

  private void write(int node, int writes) {
    for (int i = 0; i < writes; i++) {
      nodes.get(node).state.fold(new Operation.Put(1, KEY, new byte[] {(byte) i}), i);
    }
  }

  private PositionToken token(long offset) {
    TreeMap<Integer, Long> offsets = new TreeMap<>(Map.of(0, offset));
    return new PositionToken(0, LOG.toString().substring(0, 8), offsets);
  }

  /** Who answers a read at a node, without any time going by. */
  private String server(int node, ReadOptions options) {
    calls.clear();
    CompletableFuture<Result<Optional<Document>>> read = nodes.get(node).router.ask(GET, options);
    assertThat(read).as("answered in one attempt").isDone();
    return read.join() instanceof Result.Success<Optional<Document>> success
        ? success.sources().get(0).node()
        : read.join().toString();
  }

  @Test
  void whoBringsNothingIsAnsweredByTheActiveWhileItIsThere() {
    assertThat(server(0, ReadOptions.DEFAULTS)).isEqualTo("n1");
    assertThat(server(2, ReadOptions.DEFAULTS)).isEqualTo("n1");
    nodes.get(1).alive = false;
    assertThat(server(0, ReadOptions.DEFAULTS)).isEqualTo("n2");
    assertThat(calls).containsExactly("n1", "n2");
    assertThat(server(3, ReadOptions.DEFAULTS)).isEqualTo("n2");
  }

  /** More replicas answer more reads: ksql #4168. */
  @Test
  void anEventualReadIsAnsweredHereOrByAnyReplicaThatLives() {
    ReadOptions eventual = ReadOptions.at(Consistency.EVENTUAL);
    assertThat(server(3, eventual)).isEqualTo("n3");
    assertThat(calls).isEmpty();
    assertThat(server(0, eventual)).isIn("n1", "n2", "n3");
    nodes.get(1).alive = false;
    nodes.get(2).alive = false;
    assertThat(server(0, eventual)).isEqualTo("n3");
  }

  @Test
  void anActiveThatIsNotCompleteYetIsAskedWhenNobodyElseIsLeft() {
    ReadOptions eventual = ReadOptions.at(Consistency.EVENTUAL);
    activeServes = false;
    assertThat(server(1, eventual)).isIn("n2", "n3");
    assertThat(server(0, eventual)).isIn("n2", "n3");
    nodes.get(2).alive = false;
    nodes.get(3).alive = false;
    assertThat(server(1, eventual)).isEqualTo("n1");
    assertThat(server(0, eventual)).isEqualTo("n1");
  }

  @Test
  void aTokenIsMetByTheNearestReplicaThatHasReachedIt() {
    assertThat(server(3, ReadOptions.from(token(3)))).isEqualTo("n3");
    assertThat(server(3, ReadOptions.from(token(4)))).isEqualTo("n1");
    nodes.get(1).alive = false;
    assertThat(server(3, ReadOptions.from(token(4)))).isEqualTo("n2");
    assertThat(calls).containsExactly("n1", "n2");
  }

  @Test
  void aStrongReadIsForTheActiveAlone() {
    assertThat(server(3, ReadOptions.at(Consistency.STRONG))).isEqualTo("n1");
    nodes.get(1).alive = false;
    calls.clear();
    CompletableFuture<Result<Optional<Document>>> read =
        nodes.get(3).router.ask(GET, ReadOptions.at(Consistency.STRONG));
    assertThat(read).isNotDone();
    time.runUntil(Duration.ofSeconds(10).toNanos());
    assertThat(read.join()).isEqualTo(new Result.Failure<>(new Refusal.Unreachable(0, "n1")));
    assertThat(calls).containsOnly("n1");
  }

  /** The active has given the shard up, and nobody can be told to take it over. */
  @Test
  void whileKafkaIsSilentNobodyWaitsForANewActive() {
    activeServes = false;
    nodes.get(1).alive = false;
    CompletableFuture<Result<Optional<Document>>> read =
        nodes.get(3).router.ask(GET, ReadOptions.at(Consistency.STRONG));
    Operation put = new Operation.Put(1, KEY, new byte[] {1});
    CompletableFuture<Result<Outcome>> write = nodes.get(3).router.submit(put);
    time.runUntil(Duration.ofSeconds(1).toNanos());
    assertThat(read).isNotDone();
    assertThat(write).isNotDone();

    logSilence = Optional.of(Duration.ofSeconds(2));
    time.runUntil(Duration.ofMillis(1300).toNanos());
    for (CompletableFuture<? extends Result<?>> refused :
        List.of(
            read,
            write,
            nodes.get(2).router.ask(GET, ReadOptions.at(Consistency.STRONG)),
            nodes.get(2).router.submit(put))) {
      assertThat(refused)
          .isCompletedWithValueMatching(
              end ->
                  end instanceof Result.Failure<?> failure
                      && failure.refusal() instanceof Refusal.LogUnreachable);
    }
    assertThat(server(2, ReadOptions.DEFAULTS)).isEqualTo("n2");
    assertThat(server(3, ReadOptions.at(Consistency.EVENTUAL))).isEqualTo("n3");
    assertThat(server(0, ReadOptions.from(token(3)))).isEqualTo("n2");
    assertThat(server(0, ReadOptions.from(token(50)))).contains("BehindPosition");
  }

  @Test
  void aPositionThatNobodyHasReachedIsTriedUntilTheDeadline() {
    ReadOptions options = new ReadOptions(null, token(50), Duration.ofMillis(300));
    CompletableFuture<Result<Optional<Document>>> read = nodes.get(0).router.ask(GET, options);
    time.runUntil(Duration.ofMillis(200).toNanos());
    assertThat(read).isNotDone();
    time.runUntil(Duration.ofMillis(600).toNanos());
    assertThat(read.join())
        .isInstanceOfSatisfying(
            Result.Failure.class,
            no -> assertThat(no.refusal()).isInstanceOf(Refusal.BehindPosition.class));
  }

  @Test
  void whatAReplicaSaidIsToldIfTheLastCallWasCutShort() {
    nodes.get(3).silent = true;
    assertThat(refusedAtTheDeadline()).isInstanceOf(Refusal.BehindPosition.class);
    nodes.get(1).silent = true;
    nodes.get(2).silent = true;
    assertThat(refusedAtTheDeadline()).isInstanceOf(Refusal.Unreachable.class);
  }

  private Refusal refusedAtTheDeadline() {
    ReadOptions options = new ReadOptions(null, token(50), Duration.ofMillis(300));
    CompletableFuture<Result<Optional<Document>>> read = nodes.get(0).router.ask(GET, options);
    time.runUntil(time.nanoTime() + Duration.ofMillis(600).toNanos());
    return ((Result.Failure<Optional<Document>>) read.join()).refusal();
  }

  @Test
  void aForeignPositionIsSaidAtOnce() {
    ReadOptions options = ReadOptions.from(new PositionToken(0, "zzzzzzzz", token(1).offsets()));
    assertThat(server(1, options)).contains("ForeignPosition");
    assertThat(calls).isEmpty();
  }

  private RoutingTable table() {
    TreeMap<String, NodeEntry> entries = new TreeMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      Role role = i == 1 ? Role.ACTIVE : Role.STANDBY;
      boolean serves = i != 1 || activeServes;
      List<HeldShard> held = i == 0 ? List.of() : List.of(new HeldShard(0, role, serves, 0, 1));
      entries.put("n" + i, new NodeEntry("n" + i, 1, 0, "", "n" + i + ":1", "", 1, "", held));
    }
    return new RoutingTable(1, entries, Map.of(0, entries.get("n1")));
  }

  /** A node with its copy of the shard; its gate knows positions and roles, but never waits. */
  private final class Node implements Peers, ShardGate {
    final String id;
    final InMemoryShard state = new InMemoryShard(0, LOG, 0);
    final InMemoryShards shards = new InMemoryShards(() -> 0L);
    final QueryRouter router;
    boolean alive = true;
    boolean silent;

    Node(String id) {
      this.id = id;
      CollectionDefinition collection =
          new CollectionDefinition(1, "c", KeyType.Scalar.BYTES, "bytes", Writer.API, null, 1);
      Catalogue catalogue = new Catalogue(1, 2, List.of(collection), List.of());
      state.fold(new Operation.Adopt(catalogue), 0);
      if (!id.equals("n0")) {
        shards.hold(0, state);
      }
      this.router =
          new QueryRouter(
              new Application("app", LOG, 0, new ShardMap(1)),
              new LocalShards(
                  id,
                  shards,
                  this,
                  shards,
                  shards::status,
                  () -> catalogue,
                  () -> logSilence,
                  List::of),
              new TableWatch(StandbyReadsTest.this::table),
              this,
              RouterSettings.defaults(),
              time);
    }

    @Override
    public CompletableFuture<Admission> pass(int shard, Demand demand) {
      long offset = state.position().offset();
      Refusal refusal = null;
      if (demand.activeOnly() && !id.equals("n1")) {
        refusal = new Refusal.NotOwner(shard);
      } else if (offset < demand.floor()) {
        refusal = new Refusal.BehindPosition(shard, offset, demand.floor());
      }
      return CompletableFuture.completedFuture(
          refusal == null ? Admission.GRANTED : new Admission.Denied(refusal));
    }

    @Override
    public <R> CompletableFuture<PeerReply<List<ReadResult<R>>>> read(
        NodeEntry node, List<ShardQuery<R>> questions, Duration timeout) {
      calls.add(node.node());
      Node target = nodes.get(Integer.parseInt(node.node().substring(1)));
      if (!target.alive) {
        return CompletableFuture.completedFuture(new PeerReply.Unsent<>("refused"));
      }
      if (target.silent) {
        CompletableFuture<PeerReply<List<ReadResult<R>>>> late = new CompletableFuture<>();
        time.after(timeout, () -> late.complete(new PeerReply.Lost<>("no answer in time")));
        return late;
      }
      GatedReads reads = new GatedReads(target.shards, target);
      return CompletableFuture.completedFuture(
          new PeerReply.Answered<>(
              questions.stream()
                  .map(q -> reads.read(q.shard(), q.query(), q.demand()).join())
                  .toList(),
              1));
    }

    @Override
    public CompletableFuture<PeerReply<WriteResult>> submit(
        NodeEntry node, ShardWrite write, Duration timeout) {
      return CompletableFuture.completedFuture(new PeerReply.Unsent<>("refused"));
    }

    @Override
    public CompletableFuture<PeerReply<List<ShardStatus>>> status(
        NodeEntry node, Duration timeout) {
      throw new UnsupportedOperationException("nobody asks");
    }
  }
}
