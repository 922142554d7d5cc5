package dev.weir.query.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.query.PeerReply;
import dev.weir.query.ShardQuery;
import dev.weir.query.SharedKey;
import dev.weir.query.testing.InMemoryShard;
import dev.weir.query.testing.InMemoryShards;
import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Document;
import dev.weir.store.Key;
import dev.weir.store.KeyRange;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.Refusal;
import dev.weir.store.ShardReader;
import dev.weir.store.ShardStatus;
import dev.weir.store.ShardWriter;
import dev.weir.store.WriteResult;
import dev.weir.store.routing.NodeEntry;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PeerTransportTest {
  private static final SharedKey KEY =
      SharedKey.of("a key of sixteen".getBytes(StandardCharsets.UTF_8));
  private static final Uuid LOG = new Uuid(1, 2);
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final PeerSettings SETTINGS =
      new PeerSettings(
          1,
          64,
          1 << 20,
          1 << 18,
          2,
          new PeerSettings.Timing(
              Duration.ofSeconds(2),
              Duration.ofMillis(600),
              Duration.ofMillis(10),
              Duration.ofMillis(50)));

  private final List<AutoCloseable> open = new ArrayList<>();
  private final InMemoryShards shards = new InMemoryShards(() -> 42L);

  PeerTransportTest() {
    for (int shard = 0; shard < 3; shard++) {
      InMemoryShard state = new InMemoryShard(shard, LOG, 0);
      CollectionDefinition collection =
          new CollectionDefinition(1, "c", KeyType.Scalar.STRING, "bytes", Writer.API, null, 1);
      state.fold(new Operation.Adopt(new Catalogue(1, 2, List.of(collection), List.of())), 0);
      shards.hold(shard, state);
    }
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @Test
  void aNodeAnswersSeveralShardsInOneCall() throws IOException {
    NodeEntry node = entry("b", serve("b", shards, shards).port());
    PeerClient client = client("a", KEY);

    PeerReply<WriteResult> written = client.submit(node, 1, put("k", "v"), SOON).join();
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
  void aBrokenConnectionLosesWhatWaitsAndIsMadeAgain() throws Exception {
    ShardWriter never = (shard, operation) -> new CompletableFuture<>();
    PeerServer first = serve("b", shards, never);
    NodeEntry node = entry("b", first.port());
    PeerClient client = client("a", KEY);
    CompletableFuture<PeerReply<WriteResult>> waiting = client.submit(node, 0, put("k", "v"), SOON);
    assertThat(client.read(node, List.of(get(0, "k")), SOON).join())
        .isInstanceOf(PeerReply.Answered.class);

    first.close();
    assertThat(waiting.join()).isInstanceOf(PeerReply.Lost.class);
    assertThat(client.submit(node, 0, put("k", "v"), SOON).join())
        .isInstanceOf(PeerReply.Unsent.class);

    serve("b", first.port(), shards, shards);
    await()
        .atMost(SOON)
        .until(
            () -> client.submit(node, 0, put("k", "v"), SOON).join() instanceof PeerReply.Answered);
  }

  @Test
  void anAnswerThatDoesNotComeIsLost() throws Exception {
    ShardWriter never = (shard, operation) -> new CompletableFuture<>();
    NodeEntry node = entry("b", serve("b", shards, never).port());
    assertThat(client("a", KEY).submit(node, 0, put("k", "v"), Duration.ofMillis(50)).join())
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
  void nodesThatDoNotBelongTogetherDoNotTalk() throws IOException {
    NodeEntry node = entry("b", serve("b", shards, shards).port());
    SharedKey otherKey = SharedKey.of("another key, also long".getBytes(StandardCharsets.UTF_8));

    assertThat(why(client("a", otherKey), node)).contains("closed the connection");
    assertThat(why(client(new PeerIdentity("a", "other", LOG, 0, KEY)), node))
        .isEqualTo("this node belongs to application 'app'");
    assertThat(why(client(new PeerIdentity("a", "app", LOG, 1, KEY)), node))
        .contains("generation 0");
    assertThat(why(client("a", KEY), entry("c", Integer.parseInt(node.peer().split(":")[1]))))
        .isEqualTo("this node is 'b', not 'c'");
    assertThat(why(client("a", KEY), new NodeEntry("b", 1, 0, "", "nowhere", "", 1, "", List.of())))
        .isEqualTo("'nowhere' is no host:port");
  }

  @Test
  void aStrangerHearsNothing() throws Exception {
    int port = serve("b", shards, shards).port();
    byte[][] openings = {
      "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8),
      {0, 0, 0, 5, Frames.STATUS, 0, 0, 0, 1},
      {0, 0, 0, 1, Frames.HELLO},
      {0x7f, -1, -1, -1, 0},
      {0, 0, 0, 0},
    };
    for (byte[] opening : openings) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(10_000);
        OutputStream out = socket.getOutputStream();
        out.write(opening);
        out.flush();
        assertThat(drain(socket.getInputStream())).isZero();
      }
    }
  }

  @Test
  void aRecordedHandshakeIsWorthNothing() throws Exception {
    int port = serve("b", shards, shards).port();
    Handshake handshake = new Handshake(new PeerIdentity("a", "app", LOG, 0, KEY));
    byte[] hello = handshake.hello("b");
    byte[] signature = KEY.sign(SharedKey.Purpose.PEER_HELLO, hello);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      write(out, Handshake.frame(Frames.HELLO, hello, signature));
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] challenge = in.readNBytes(in.readInt());
      assertThat(challenge[0]).isEqualTo((byte) Frames.CHALLENGE);
      write(out, Handshake.frame(Frames.PROOF, signature));
      assertThat(drain(in)).isZero();
    }
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
    assertThat(client.submit(node, 0, put("k", "v"), SOON).join())
        .isInstanceOf(PeerReply.Unsent.class);
  }

  @Test
  void nodesOfTwoVersionsAgreeOnALevelOrDoNotTalk() {
    Handshake handshake = new Handshake(new PeerIdentity("b", "app", LOG, 0, KEY));
    assertThat(handshake.objection(new Handshake.Hello(1, 9, "app", LOG, 0, "b"))).isEmpty();
    assertThat(handshake.objection(new Handshake.Hello(2, 9, "app", LOG, 0, "b")))
        .hasValueSatisfying(why -> assertThat(why).contains("levels 2 to 9"));
  }

  @Test
  void aCallWaitsForAConnectionOnlyAsLongAsItsCallerDoes() throws IOException {
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      PeerReply<WriteResult> reply =
          client("a", KEY)
              .submit(entry("b", deaf.getLocalPort()), 0, put("k", "v"), Duration.ofMillis(50))
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
          new Call<>(7, Frames.begin(40, 7, 0), FrameReader::readText, SOON, Runnable::run);
      connection.send(unknown);
      assertThat(unknown.reply().join())
          .isInstanceOfSatisfying(
              PeerReply.Refused.class,
              refused -> assertThat(refused.refusal().toString()).contains("kind 40"));

      FrameWriter newer = Frames.begin(Frames.STATUS, 8, 64);
      newer.writeText("a field to come");
      Call<List<ShardStatus>> status = new Call<>(8, newer, StatusCodec::read, SOON, Runnable::run);
      connection.send(status);
      assertThat(answered(status.reply().join())).hasSize(3);
    }
  }

  @Test
  void whatIsTooLargeForAFrameIsRefused() throws IOException {
    NodeEntry node = entry("b", serve("b", shards, shards).port());
    PeerClient client = client("a", KEY);
    Operation large = new Operation.Put(1, key("k"), new byte[2 << 20]);
    assertThat(client.submit(node, 0, large, SOON).join()).isInstanceOf(PeerReply.Refused.class);

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

  private PeerServer serve(String node, ShardReader reader, ShardWriter writer) throws IOException {
    return serve(node, 0, reader, writer);
  }

  private PeerServer serve(String node, int port, ShardReader reader, ShardWriter writer)
      throws IOException {
    PeerServer server =
        PeerServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            new PeerIdentity(node, "app", LOG, 0, KEY),
            new PeerServices(reader, writer, shards::status, () -> 17L),
            SETTINGS);
    open.add(server);
    return server;
  }

  private PeerClient client(String node, SharedKey key) {
    return client(new PeerIdentity(node, "app", LOG, 0, key));
  }

  private PeerClient client(PeerIdentity self) {
    PeerClient client = new PeerClient(self, SETTINGS, Runnable::run);
    open.add(0, client);
    return client;
  }

  private static String why(PeerClient client, NodeEntry node) {
    return ((PeerReply.Unsent<List<ShardStatus>>) client.status(node, SOON).join()).why();
  }

  private static NodeEntry entry(String node, int port) {
    return new NodeEntry(node, 1, 0, "", "127.0.0.1:" + port, "", 1, "", List.of());
  }

  private static <T> T answered(PeerReply<T> reply) {
    assertThat(reply).isInstanceOf(PeerReply.Answered.class);
    PeerReply.Answered<T> answered = (PeerReply.Answered<T>) reply;
    assertThat(answered.routingVersion()).isEqualTo(17);
    return answered.value();
  }

  private static ShardQuery<Optional<Document>> get(int shard, String key) {
    return new ShardQuery<>(shard, new Query.Get(1, key(key)));
  }

  private static ShardQuery<Query.Page> scan(int shard) {
    return new ShardQuery<>(shard, new Query.Scan(1, KeyRange.all(), Query.Order.ASC, 10));
  }

  private static Operation put(String key, String value) {
    return new Operation.Put(1, key(key), bytes(value));
  }

  private static Key key(String key) {
    return Key.ofEncoded(bytes(key));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void write(OutputStream out, FrameWriter frame) throws IOException {
    out.write(frame.frame(), 0, frame.length());
    out.flush();
  }

  /** Bytes until the other side closes; a reset is an end too. */
  private static int drain(InputStream in) throws IOException {
    try {
      return in.readAllBytes().length;
    } catch (java.net.SocketException e) {
      return 0;
    }
  }
}
