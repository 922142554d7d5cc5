package dev.weir.query.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.query.PeerReply;
import dev.weir.query.ShardWrite;
import dev.weir.store.Document;
import dev.weir.store.Operation;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.Refusal;
import dev.weir.store.ShardReader;
import dev.weir.store.ShardStatus;
import dev.weir.store.ShardWriter;
import dev.weir.store.WriteResult;
import dev.weir.store.routing.NodeEntry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PeerTransportTest extends PeerFixture {
  @Test
  void aNodeAnswersSeveralShardsInOneCall() throws IOException {
    NodeEntry node = entry("b", serve("b", shards, shards).port());
    PeerClient client = client("a", KEY);

    PeerReply<WriteResult> written = client.submit(node, write(1, put("k", "v")), SOON).join();
    assertThat(answered(written)).isInstanceOf(WriteResult.Decided.class);

    List<ReadResult<Optional<Document>>> read =
        answered(client.read(node, List.of(get(1, "k"), get(2, "k"), get(9, "k")), SOON).join());
    assertThat(((ReadResult.Answer<Optional<Document>>) read.get(0)).value().orElseThrow().value())
        .isEqualTo(bytes("v"));
    assertThat(((ReadResult.Answer<Optional<Document>>) read.get(1)).value()).isEmpty();
    assertThat(read.get(2)).isEqualTo(new ReadResult.Refused<>(new Refusal.NotOwner(9)));

    assertThat(answered(client.status(node, SOON).join()).stream().map(ShardStatus::shard))
        .containsExactly(0, 1, 2);
  }

  @Test
  void pointReadsPassScansThatHang() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    ShardReader hanging =
        new ShardReader() {
          @Override
          public <R> ReadResult<R> read(int shard, Query<R> query) {
            if (query instanceof Query.Scan) {
              try {
                release.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            }
            return shards.read(shard, query);
          }
        };
    NodeEntry node = entry("b", serve("b", hanging, shards).port());
    PeerClient client = client("a", KEY);
    List<CompletableFuture<PeerReply<List<ReadResult<Query.Page>>>>> scans = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      scans.add(client.read(node, List.of(scan(i % 3)), SOON));
    }

    assertThat(answered(client.read(node, List.of(get(0, "k")), SOON).join())).hasSize(1);
    assertThat(scans).noneMatch(CompletableFuture::isDone);

    List<CompletableFuture<PeerReply<List<ReadResult<Query.Page>>>>> tooMany = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      tooMany.add(client.read(node, List.of(scan(0)), SOON));
    }
    assertThat(tooMany.get(9).join()).isInstanceOf(PeerReply.Refused.class);

    release.countDown();
    scans.forEach(scan -> assertThat(scan.join()).isInstanceOf(PeerReply.Answered.class));
  }

  @Test
  void aNodeThatStopsAnswersWhatHasComeAndTakesNoMore() throws Exception {
    CompletableFuture<WriteResult> folded = new CompletableFuture<>();
    PeerServer server = serve("b", shards, (shard, operation) -> folded);
    NodeEntry node = entry("b", server.port());
    PeerClient client = client("a", KEY);
    CompletableFuture<PeerReply<WriteResult>> waiting =
        client.submit(node, write(0, put("k", "v")), SOON);
    assertThat(client.read(node, List.of(get(0, "k")), SOON).join())
        .isInstanceOf(PeerReply.Answered.class);

    CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
    await()
        .atMost(SOON)
        .until(
            () -> client.read(node, List.of(get(0, "k")), SOON).join() instanceof PeerReply.Unsent);
    folded.complete(new WriteResult.Refused(new Refusal.NotOwner(0)));
    assertThat(waiting.join()).isInstanceOf(PeerReply.Answered.class);
    stopped.get(10, TimeUnit.SECONDS);
  }

  @Test
  void aBrokenConnectionLosesWhatWaitsAndIsMadeAgain() throws Exception {
    ShardWriter never = (shard, operation) -> new CompletableFuture<>();
    PeerServer first = serve("b", shards, never);
    NodeEntry node = entry("b", first.port());
    PeerClient client = client("a", KEY);
    CompletableFuture<PeerReply<WriteResult>> waiting =
        client.submit(node, write(0, put("k", "v")), SOON);
    assertThat(client.read(node, List.of(get(0, "k")), SOON).join())
        .isInstanceOf(PeerReply.Answered.class);

    first.close();
    assertThat(waiting.join()).isInstanceOf(PeerReply.Lost.class);
    assertThat(client.submit(node, write(0, put("k", "v")), SOON).join())
        .isInstanceOf(PeerReply.Unsent.class);

    serve("b", first.port(), shards, shards);
    await()
        .atMost(SOON)
        .until(
            () ->
                client.submit(node, write(0, put("k", "v")), SOON).join()
                    instanceof PeerReply.Answered);
  }

  @Test
  void anAnswerThatDoesNotComeIsLost() throws Exception {
    ShardWriter never = (shard, operation) -> new CompletableFuture<>();
    NodeEntry node = entry("b", serve("b", shards, never).port());
    assertThat(client("a", KEY).submit(node, write(0, put("k", "v")), Duration.ofMillis(50)).join())
        .isEqualTo(new PeerReply.Lost<>("no answer in time"));
  }

  @Test
  void aSilentNodeCountsAsGone() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    ShardReader stuck =
        new ShardReader() {
          @Override
          public <R> ReadResult<R> read(int shard, Query<R> query) {
            try {
              release.await(); // on the network thread, as a stopped process would
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return shards.read(shard, query);
          }
        };
    NodeEntry node = entry("b", serve("b", stuck, shards).port());
    PeerReply<?> reply = client("a", KEY).read(node, List.of(get(0, "k")), SOON).join();
    release.countDown();
    assertThat(reply).isEqualTo(new PeerReply.Lost<>("it owes answers and is silent"));
  }

  @Test
  void onlyGetsAreCompletedOnTheThreadThatReadsTheNetwork() throws IOException {
    NodeEntry node = entry("b", serve("b", shards, shards).port());
    PeerIdentity self = new PeerIdentity("a", "app", LOG, 0, KEY);
    try (PeerClient client = PeerClient.withThreads(self, SETTINGS)) {
      CompletableFuture<String> scanned = new CompletableFuture<>();
      CompletableFuture<Void> unused =
          client
              .status(node, SOON)
              .thenCompose(status -> client.read(node, List.of(scan(0)), SOON))
              .thenAccept(
                  page -> {
                    // Blocks for an answer that comes on another thread.
                    client.read(node, List.of(get(0, "k")), SOON).join();
                    scanned.complete(Thread.currentThread().getName());
                  });
      assertThat(scanned.join()).doesNotStartWith("weir-peer-client");
    }
  }

  @Test
  void aClosedClientSendsNothing() throws IOException {
    PeerClient client = client("a", KEY);
    NodeEntry node = entry("b", serve("b", shards, shards).port());
    client.close();
    assertThat(client.submit(node, write(0, put("k", "v")), SOON).join())
        .isInstanceOf(PeerReply.Unsent.class);
  }

  @Test
  void aCallWaitsForAConnectionOnlyAsLongAsItsCallerDoes() throws IOException {
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      PeerReply<WriteResult> reply =
          client("a", KEY)
              .submit(
                  entry("b", deaf.getLocalPort()), write(0, put("k", "v")), Duration.ofMillis(50))
              .join();
      assertThat(reply).isEqualTo(new PeerReply.Unsent<>("no connection in time"));
    }
  }

  @Test
  void aCallOfAnUnknownKindIsAnsweredAndTheConnectionLives() throws Exception {
    NodeEntry node = entry("b", serve("b", shards, shards).port());
    PeerIdentity self = new PeerIdentity("a", "app", LOG, 0, KEY);
    try (Connector connector = new Connector(new Handshake(self), SETTINGS)) {
      PeerConnection connection = connector.connect("b", node.peer()).get(10, TimeUnit.SECONDS);
      Call<String> unknown =
          new Call<>(
              Work.POINT, 7, Frames.begin(40, 7, 0), FrameReader::readText, SOON, Runnable::run);
      connection.send(unknown);
      assertThat(unknown.reply().join())
          .isInstanceOfSatisfying(
              PeerReply.Refused.class,
              refused -> assertThat(refused.refusal().toString()).contains("kind 40"));

      FrameWriter newer = Frames.begin(Frames.STATUS, 8, 64);
      newer.writeText("a field to come");
      Call<List<ShardStatus>> status =
          new Call<>(Work.POINT, 8, newer, StatusCodec::read, SOON, Runnable::run);
      connection.send(status);
      assertThat(answered(status.reply().join())).hasSize(3);
    }
  }

  @Test
  void whatIsTooLargeForAFrameIsRefused() throws IOException {
    NodeEntry node = entry("b", serve("b", shards, shards).port());
    PeerClient client = client("a", KEY);
    Operation large = new Operation.Put(1, key("k"), new byte[2 << 20]);
    assertThat(client.submit(node, write(0, large), SOON).join())
        .isInstanceOf(PeerReply.Refused.class);

    shards.submit(0, large).join();
    assertThat(client.read(node, List.of(get(0, "k")), SOON).join())
        .isInstanceOf(PeerReply.Refused.class);
    assertThat(client.read(node, List.of(get(1, "k")), SOON).join())
        .isInstanceOf(PeerReply.Answered.class);
  }

  @Test
  void aPortInUseIsSaidAtStart() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> serve("b", taken.getLocalPort(), shards, shards))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(Integer.toString(taken.getLocalPort()));
    }
  }

  private static ShardWrite write(int shard, Operation operation) {
    return new ShardWrite(shard, operation, false);
  }
}
