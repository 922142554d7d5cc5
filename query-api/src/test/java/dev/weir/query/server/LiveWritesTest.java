package dev.weir.query.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import dev.weir.query.ClusterView;
import dev.weir.query.Database;
import dev.weir.query.PositionToken;
import dev.weir.query.ReadOptions;
import dev.weir.query.Result;
import dev.weir.store.Ack;
import dev.weir.store.Condition;
import dev.weir.store.Consistency;
import dev.weir.store.Document;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Query;
import dev.weir.store.Refusal;
import dev.weir.store.Role;
import dev.weir.store.Version;
import dev.weir.store.write.Fingerprint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Conditional writes, batches and acknowledgements on two nodes with a standby of every shard. */
@Timeout(300)
class LiveWritesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int SHARDS = 2;

  @TempDir private static Path directory;
  private static EmbeddedKafka kafka;
  private static final List<Weir> NODES = new ArrayList<>();

  @BeforeAll
  static void start() {
    kafka =
        EmbeddedKafka.start(
            Options.in(directory.resolve("kafka"))
                .withBrokerProperty("group.initial.rebalance.delay.ms", "1000"));
    NODES.add(node("twins", "a", 2));
    NODES.add(node("twins", "b", 2));
    NODES.forEach(node -> node.awaitReady(PATIENCE));
    await().atMost(PATIENCE).until(() -> copies(Role.STANDBY) == SHARDS);
  }

  @AfterAll
  static void stop() {
    NODES.forEach(Weir::close);
    kafka.close();
  }

  private static Weir node(String application, String id, int replicas) {
    return Weir.builder()
        .application(application)
        .bootstrapServers(kafka.bootstrapServers())
        .listen("127.0.0.1:0")
        .stateDirectory(directory.resolve(application + id))
        .shards(SHARDS)
        .set(Setting.NODE, id)
        .set(Setting.REPLICAS, String.valueOf(replicas))
        .set(Setting.MEMORY, "64MiB")
        .collection("note", KeyType.Scalar.STRING)
        .start();
  }

  private static long copies(Role role) {
    return NODES.get(0).database().cluster().join().nodes().stream()
        .map(ClusterView.Node::shards)
        .flatMap(List::stream)
        .filter(shard -> shard.role() == role && shard.serving())
        .count();
  }

  /** Increments that read, compare and set: if one were lost, the sum would be too small. */
  @Test
  void nothingIsLostBetweenNodesThatCompareAndSet() throws Exception {
    Key key = key("counter");
    submit(0, new Operation.Put(note(), key, json(0)));
    List<CompletableFuture<Integer>> clients = new ArrayList<>();
    for (int client = 0; client < 4; client++) {
      Database database = NODES.get(client % 2).database();
      clients.add(CompletableFuture.supplyAsync(() -> increments(database, key, 25)));
    }
    int conflicts = 0;
    for (CompletableFuture<Integer> client : clients) {
      conflicts += client.get(120, TimeUnit.SECONDS);
    }
    assertThat(new String(read(0, key).orElseThrow().value(), UTF_8)).isEqualTo("100");
    assertThat(conflicts).as("they did meet").isPositive();
  }

  private static int increments(Database database, Key key, int times) {
    int conflicts = 0;
    for (int done = 0; done < times; ) {
      Document now = value(database.ask(new Query.Get(note(), key))).orElseThrow();
      int next = Integer.parseInt(new String(now.value(), UTF_8)) + 1;
      Condition same = new Condition.OneOf(List.of(now.version()));
      Outcome outcome =
          value(
              database.submit(
                  new Operation.When(same, new Operation.Put(note(), key, json(next)))));
      if (outcome instanceof Outcome.Stored) {
        done++;
      } else {
        assertThat(outcome).isInstanceOf(Outcome.ConditionFailed.class);
        conflicts++;
      }
    }
    return conflicts;
  }

  @Test
  void theLibraryWritesOnConditions() throws Exception {
    WeirCollection<String> notes = NODES.get(0).collection("note", String.class);
    WeirCollection<String> there = NODES.get(1).collection("note", String.class);
    ObjectMapper mapper = new ObjectMapper();
    String first = notes.putIfAbsent("library", mapper.readTree("{\"n\":1}")).orElseThrow();
    assertThat(there.putIfAbsent("library", mapper.readTree("2"))).isEmpty();
    ObjectNode patch = mapper.createObjectNode().put("m", 2).putNull("n");
    String patched = there.patch("library", patch).orElseThrow();
    assertThat(notes.replace("library", mapper.readTree("3"), first)).isEmpty();
    assertThat(notes.get("library").orElseThrow().value()).hasToString("{\"m\":2}");
    assertThat(notes.replace("library", mapper.readTree("3"), patched)).isPresent();
    assertThat(there.patch("nothing there", patch)).isEmpty();
    assertThatThrownBy(() -> notes.replace("library", patch, "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aBatchIsSeenAsAWhole() throws Exception {
    List<Key> pair = keysOfOneShard(2);
    AtomicBoolean stop = new AtomicBoolean();
    // Somebody who says how far he has seen may be answered by either replica.
    ReadOptions written = ReadOptions.from(PositionToken.of(write(0, pair, 0)));
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              for (int n = 1; !stop.get(); n++) {
                write(n % 2, pair, n);
              }
            });
    String last = "0";
    for (int i = 0; i < 400 || last.equals("0"); i++) {
      List<Optional<Document>> seen =
          value(NODES.get(i % 2).database().ask(new Query.MultiGet(note(), pair), written));
      last = new String(seen.get(0).orElseThrow().value(), UTF_8);
      assertThat(new String(seen.get(1).orElseThrow().value(), UTF_8)).isEqualTo(last);
      assertThat(seen.get(0).get().version()).isEqualTo(seen.get(1).get().version());
    }
    stop.set(true);
    writer.get(60, TimeUnit.SECONDS);
  }

  private static List<Result.Source> write(int node, List<Key> keys, int n) {
    List<Operation.When> changes =
        keys.stream()
            .map(key -> new Operation.Put(note(), key, json(n)))
            .map(put -> new Operation.When(Condition.NONE, put))
            .toList();
    Result<Outcome> result = NODES.get(node).database().submit(new Operation.Batch(changes)).join();
    Result.Success<Outcome> done = (Result.Success<Outcome>) result;
    assertThat(done.value()).isInstanceOf(Outcome.Batched.class);
    return done.sources();
  }

  @Test
  void replicatedMeansThatTheStandbyHasIt() {
    for (int i = 0; i < 20; i++) {
      Operation put = new Operation.Put(note(), key("replicated-" + i), json(i));
      Result<Outcome> result = NODES.get(i % 2).database().submit(put, Ack.REPLICATED).join();
      assertThat(result).isInstanceOf(Result.Success.class);
      Result.Source source = ((Result.Success<Outcome>) result).sources().get(0);
      assertThat(standbyOffset(source.shard())).isGreaterThanOrEqualTo(source.position().offset());
    }
  }

  private static long standbyOffset(int shard) {
    return NODES.get(0).database().cluster().join().nodes().stream()
        .map(ClusterView.Node::shards)
        .flatMap(List::stream)
        .filter(s -> s.shard() == shard && s.role() == Role.STANDBY)
        .mapToLong(s -> s.position().offset())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void acceptedIsThereSoonAndRepeatedTakesEffectOnce() {
    Key key = key("accepted");
    Operation.Once once = Fingerprint.once("k", new Operation.Put(note(), key, json(1)));
    Outcome accepted = value(NODES.get(0).database().submit(once, Ack.ACCEPTED));
    Version version = ((Outcome.Accepted) accepted).version();
    Outcome stored = new Outcome.Stored(version, true);
    assertThat(submit(1, once)).isEqualTo(new Outcome.Repeated(stored));
    assertThat(read(1, key).orElseThrow().version()).isEqualTo(version);
  }

  @Test
  void withoutAStandbyNothingIsWritten() {
    try (Weir alone = node("alone", "a", 1)) {
      alone.awaitReady(PATIENCE);
      int note = alone.database().catalogue().collection("note").orElseThrow().id();
      Operation put = new Operation.Put(note, key("x"), json(1));
      assertThat(alone.database().submit(put, Ack.REPLICATED).join())
          .isInstanceOfSatisfying(
              Result.Failure.class,
              no -> assertThat(no.refusal()).isInstanceOf(Refusal.NoStandby.class));
      assertThat(value(alone.database().ask(new Query.Get(note, key("x"))))).isEmpty();
    }
  }

  private static List<Key> keysOfOneShard(int count) {
    return IntStream.range(0, 100)
        .mapToObj(i -> key("pair-" + i))
        .filter(key -> NODES.get(0).database().shards().shardOf(key) == 0)
        .limit(count)
        .toList();
  }

  private static Optional<Document> read(int node, Key key) {
    ReadOptions latest = ReadOptions.at(Consistency.STRONG);
    return value(NODES.get(node).database().ask(new Query.Get(note(), key), latest));
  }

  private static Outcome submit(int node, Operation operation) {
    return value(NODES.get(node).database().submit(operation));
  }

  private static <T> T value(CompletableFuture<Result<T>> result) {
    Result<T> end = result.join();
    assertThat(end).isInstanceOf(Result.Success.class);
    return ((Result.Success<T>) end).value();
  }

  private static int note() {
    return NODES.get(0).database().catalogue().collection("note").orElseThrow().id();
  }

  private static Key key(String text) {
    try {
      return KeyCodec.of(KeyType.Scalar.STRING).fromText(text);
    } catch (InvalidKeyException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] json(int n) {
    return String.valueOf(n).getBytes(UTF_8);
  }
}
