package dev.weir.query.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.query.Arriving;
import dev.weir.query.SharedKey;
import dev.weir.store.ShardGate;
import dev.weir.store.liveness.Sight;
import dev.weir.store.snapshot.Checkpoints;
import dev.weir.store.snapshot.Download;
import dev.weir.store.snapshot.Lender;
import dev.weir.store.snapshot.SnapshotSource;
import dev.weir.store.snapshot.Throttle;
import dev.weir.store.snapshot.Transfer;
import dev.weir.store.snapshot.Transfer.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files of a shard from node to node, over real connections. */
@Timeout(60)
class PeerReplicasTest extends PeerFixture {
  private static final int DOCUMENTS = 8_000;
  private static final long UNLIMITED = 0;
  private static final Duration SHORT = Duration.ofSeconds(1);

  @TempDir Path directory;
  private LentShard shard;
  private Checkpoints checkpoints;
  private final ExecutorService files = Executors.newFixedThreadPool(4);
  private final ExecutorService others = Executors.newCachedThreadPool();
  private final List<AutoCloseable> parts = new ArrayList<>();
  private final AtomicLong rate = new AtomicLong(UNLIMITED);

  @BeforeEach
  void lend() throws Exception {
    shard = new LentShard(directory.resolve("shard"), DOCUMENTS);
    checkpoints =
        Checkpoints.in(directory.resolve("checkpoints"), shard.shards(), Clock.systemUTC());
  }

  @AfterEach
  void end() throws Exception {
    for (AutoCloseable part : parts) {
      part.close();
    }
    files.shutdownNow();
    others.shutdownNow();
    shard.close();
  }

  private Lender lender() {
    Lender lender = new Lender(checkpoints, new Throttle(rate::get));
    parts.add(lender);
    return lender;
  }

  private PeerServer server(String node, Lender lender, List<Arriving> arriving)
      throws IOException {
    PeerServer server =
        PeerServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new PeerIdentity(node, "app", LOG, 0, KEY),
            new PeerServices(
                shards,
                ShardGate.OPEN,
                shards,
                shards::status,
                () -> 17L,
                (id, session) -> Sight.UNSURE,
                Optional.of(new PeerServices.Files(lender, () -> arriving))),
            PeerSettings.defaults());
    parts.add(0, server);
    return server;
  }

  private PeerReplicas replicas(String node, SharedKey key, Duration patience) {
    PeerReplicas replicas =
        new PeerReplicas(
            new PeerIdentity(node, "app", LOG, 0, key), PeerSettings.defaults(), patience);
    parts.add(0, replicas);
    return replicas;
  }

  private Result fetch(PeerReplicas replicas, PeerServer from, String target, Transfer transfer)
      throws Exception {
    try (SnapshotSource source = replicas.borrow(entry("a", from.port()), 0)) {
      return new Download(directory.resolve(target), files, Throttle.none(), transfer).run(source);
    }
  }

  @Test
  void twoNodesAreServedAtOnce() throws Exception {
    Lender lender = lender();
    PeerServer server = server("a", lender, List.of());
    CountDownLatch together = new CountDownLatch(2);
    List<Future<Result>> fetched = new ArrayList<>();
    for (String node : List.of("b", "c")) {
      PeerReplicas replicas = replicas(node, KEY, SOON);
      fetched.add(
          others.submit(
              () -> {
                together.countDown();
                together.await();
                return fetch(replicas, server, node, new Transfer());
              }));
    }
    for (Future<Result> each : fetched) {
      assertThat(each.get()).isInstanceOf(Result.Arrived.class);
    }
    await().atMost(SOON).untilAsserted(() -> assertThat(lender.lent()).isZero());
  }

  @Test
  void closingEndsAFetchThatWaits() throws Exception {
    rate.set(100_000);
    PeerServer server = server("a", lender(), List.of());
    PeerReplicas replicas = replicas("b", KEY, Duration.ofMinutes(5));
    Transfer transfer = new Transfer();
    Future<Result> fetched = others.submit(() -> fetch(replicas, server, "b", transfer));
    await().atMost(SOON).until(() -> transfer.fetched() > 0);
    replicas.close();
    assertThat(fetched.get(SOON.toMillis(), TimeUnit.MILLISECONDS))
        .isInstanceOf(Result.Broken.class);
  }

  @Test
  void aSlowSourceIsWaitedFor() throws Exception {
    rate.set(4_000_000);
    PeerServer server = server("a", lender(), List.of());
    // The last of the pieces that are asked for ahead takes longer than one alone would.
    Result result = fetch(replicas("b", KEY, SOON), server, "b", new Transfer());
    assertThat(result).isInstanceOf(Result.Arrived.class);
  }

  @Test
  void aSourceThatStallsIsLeftAndAnotherOneGoesOn() throws Exception {
    PeerServer stalling = server("a", lender(), List.of());
    PeerReplicas replicas = replicas("b", KEY, SHORT);
    rate.set(1_000_000);
    Future<Result> stalled = others.submit(() -> fetch(replicas, stalling, "b", new Transfer()));
    rate.set(1_000); // from here on a piece takes a quarter of an hour
    assertThat(stalled.get())
        .isInstanceOfSatisfying(
            Result.Broken.class, b -> assertThat(b.reason()).contains("node a"));

    rate.set(UNLIMITED);
    PeerServer other = server("a", lender(), List.of());
    assertThat(fetch(replicas, other, "b", new Transfer())).isInstanceOf(Result.Arrived.class);
  }

  @Test
  void aSourceThatDiesIsNoticedAtOnceAndAnotherOneGoesOn() throws Exception {
    rate.set(1_500_000);
    PeerServer dying = server("a", lender(), List.of());
    PeerReplicas replicas = replicas("b", KEY, Duration.ofMinutes(5));
    Transfer transfer = new Transfer();
    Future<Result> broken = others.submit(() -> fetch(replicas, dying, "b", transfer));
    await().atMost(SOON).until(() -> transfer.fetched() > 500_000);
    dying.close();
    assertThat(broken.get()).isInstanceOf(Result.Broken.class);

    rate.set(UNLIMITED);
    PeerServer other = server("a", lender(), List.of());
    Transfer again = new Transfer();
    assertThat(fetch(replicas, other, "b", again)).isInstanceOf(Result.Arrived.class);
    assertThat(again.kept()).as("it goes on where the first one ended").isPositive();
  }

  @Test
  void whoDoesNotKnowTheKeyGetsNothing() throws Exception {
    Lender lender = lender();
    PeerServer server = server("a", lender, List.of());
    SharedKey wrong = SharedKey.of("another key of 16".getBytes(StandardCharsets.UTF_8));
    PeerReplicas stranger = replicas("b", wrong, SOON);
    assertThatThrownBy(() -> stranger.borrow(entry("a", server.port()), 0))
        .isInstanceOf(IOException.class);
    assertThat(lender.lent()).isZero();
  }

  @Test
  void aNodeSaysWhatIsOnItsWayToIt() throws Exception {
    List<Arriving> arriving =
        List.of(
            new Arriving(1, "node b", 100, 40, 7, "fetching from node b", 9),
            new Arriving(2, "", 0, 0, 0, "it waits for its turn", -1));
    PeerServer server = server("a", lender(), arriving);
    PeerServer silent = serve("s", shards, shards);
    PeerClient client = client("b", KEY);
    assertThat(answered(client.arriving(entry("a", server.port()), SOON).get()))
        .isEqualTo(arriving);
    assertThat(answered(client.arriving(entry("s", silent.port()), SOON).get())).isEmpty();
    assertThat(arriving.get(0).secondsLeft()).hasValue(9);
    assertThat(arriving.get(1).secondsLeft()).isEmpty();
  }
}
