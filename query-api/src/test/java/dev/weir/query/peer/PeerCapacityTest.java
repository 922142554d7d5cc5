package dev.weir.query.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.query.PeerReply;
import dev.weir.query.ShardQuery;
import dev.weir.query.ShardWrite;
import dev.weir.store.Key;
import dev.weir.store.Operation;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.Refusal;
import dev.weir.store.ShardReader;
import dev.weir.store.ShardWriter;
import dev.weir.store.WriteResult;
import dev.weir.store.routing.NodeEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Capacity per kind of work, deadlines that travel, and calls that are taken back. */
@Timeout(30)
class PeerCapacityTest extends PeerFixture {
  private static final Duration BRIEFLY = Duration.ofMillis(30);

  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger begun = new AtomicInteger();

  /** Scans hang until they are released. */
  private final ShardReader hanging =
      new ShardReader() {
        @Override
        public <R> ReadResult<R> read(int shard, Query<R> query) {
          if (query instanceof Query.Scan) {
            hang();
          }
          return shards.read(shard, query);
        }
      };

  /** Writes hang until they are released. */
  private final ShardWriter blocking =
      (shard, operation) -> {
        hang();
        return shards.submit(shard, operation);
      };

  private void hang() {
    begun.incrementAndGet();
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<CompletableFuture<PeerReply<List<ReadResult<Query.Page>>>>> scans(
      PeerClient client, NodeEntry node, int count, Duration timeout) {
    List<CompletableFuture<PeerReply<List<ReadResult<Query.Page>>>>> scans = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      scans.add(client.read(node, List.of(scan(0)), timeout));
    }
    return scans;
  }

  private static ShardQuery<?> batch(int keys) {
    List<Key> wanted = IntStream.range(0, keys).mapToObj(i -> key("k" + i)).toList();
    return new ShardQuery<>(1, new Query.MultiGet(1, wanted));
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void scansThatFillTheirCapacityLeaveEverythingElseAlone() throws Exception {
    NodeEntry node = entry("b", serve("b", hanging, shards).port());
    PeerClient client = client("a", KEY);
    var held = scans(client, node, SETTINGS.inFlight().scatter(), SOON);
    await().atMost(SOON).until(() -> begun.get() == SETTINGS.poolThreads());

    assertThat(client.read(node, List.of(scan(0)), SOON).join())
        .isEqualTo(new PeerReply.Refused<>(new Refusal.Overloaded("scans to one node")));
    answered(client.read(node, List.of(get(0, "k")), SOON).join());
    answered((PeerReply<?>) client.read(node, (List) List.of(batch(1_000)), SOON).join());
    answered(client.submit(node, write(put("k", "v")), SOON).join());
    answered(client.status(node, SOON).join());
    assertThat(held).noneMatch(CompletableFuture::isDone);

    release.countDown();
    held.forEach(scan -> answered(scan.join()));
  }

  @Test
  void whatIsTakenBackIsNotBegun() throws Exception {
    NodeEntry node = entry("b", serve("b", hanging, shards).port());
    PeerClient client = client("a", KEY);
    var running = scans(client, node, SETTINGS.poolThreads(), SOON);
    await().atMost(SOON).until(() -> begun.get() == SETTINGS.poolThreads());
    var taken = scans(client, node, 20, SOON);
    taken.forEach(scan -> assertThat(scan.cancel(false)).isTrue());
    var after = scans(client, node, 3, SOON);
    answered(client.status(node, SOON).join()); // all calls before it have arrived

    release.countDown();
    running.forEach(scan -> answered(scan.join()));
    after.forEach(scan -> answered(scan.join()));
    assertThat(begun).hasValue(running.size() + after.size());
  }

  @Test
  void whatIsTakenBackLeavesRoomForOthers() throws Exception {
    NodeEntry node = entry("b", serve("b", hanging, shards).port());
    PeerClient client = client("a", KEY);
    for (int i = 0; i < 5; i++) {
      var taken = scans(client, node, SETTINGS.inFlight().scatter(), SOON);
      taken.forEach(scan -> scan.cancel(false));
    }
    var held = scans(client, node, SETTINGS.inFlight().scatter(), SOON);
    release.countDown();
    held.forEach(scan -> answered(scan.join()));
  }

  @Test
  void aCallerThatIsGoneTakesItsCallsWithIt() throws Exception {
    NodeEntry node = entry("b", serve("b", hanging, shards).port());
    PeerClient leaving = client("a", KEY);
    scans(leaving, node, 20, SOON);
    await().atMost(SOON).until(() -> begun.get() == SETTINGS.poolThreads());
    leaving.close();
    PeerClient other = client("c", KEY);
    answered(other.status(node, SOON).join());
    release.countDown();
    answered(other.read(node, List.of(scan(0)), SOON).join());
    assertThat(begun.get()).isLessThan(20);
  }

  /** ksql #9161, between nodes. */
  @Test
  void whatWaitedLongerThanItsCallerIsNotBegun() throws Exception {
    NodeEntry node = entry("b", serve("b", hanging, blocking).port());
    PeerClient client = client("a", KEY);
    var running = scans(client, node, SETTINGS.poolThreads(), SOON);
    List<CompletableFuture<PeerReply<WriteResult>>> writes = new ArrayList<>();
    for (int i = 0; i < SETTINGS.poolThreads(); i++) {
      writes.add(client.submit(node, write(put("k" + i, "v")), SOON));
    }
    int both = 2 * SETTINGS.poolThreads();
    await().atMost(SOON).until(() -> begun.get() == both);
    var late = scans(client, node, 5, BRIEFLY);
    var lateWrite = client.submit(node, write(put("late", "v")), BRIEFLY);
    late.forEach(scan -> assertThat(scan.join()).isEqualTo(lost()));
    assertThat(lateWrite.join()).isEqualTo(lost());
    answered(client.status(node, SOON).join()); // that they are given up has arrived

    release.countDown();
    running.forEach(scan -> answered(scan.join()));
    writes.forEach(write -> answered(write.join()));
    answered(client.read(node, List.of(scan(0)), SOON).join());
    answered(client.submit(node, write(put("after", "v")), SOON).join());
    assertThat(begun).hasValue(both + 2);
  }

  private static <T> PeerReply<T> lost() {
    return new PeerReply.Lost<>("no answer in time");
  }

  @Test
  void aCallThatIsTakenBackBeforeThereIsAConnectionIsNotSent() throws IOException {
    NodeEntry node = entry("b", serve("b", shards, blocking).port());
    PeerClient client = client("a", KEY);
    client.submit(node, write(put("k", "v")), SOON).cancel(false);
    answered(client.status(node, SOON).join());
    assertThat(begun).hasValue(0);
  }

  private static ShardWrite write(Operation operation) {
    return new ShardWrite(1, operation, false);
  }
}
