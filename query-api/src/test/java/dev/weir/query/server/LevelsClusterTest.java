package dev.weir.query.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import dev.weir.query.Database;
import dev.weir.query.PositionToken;
import dev.weir.query.ReadOptions;
import dev.weir.query.Result;
import dev.weir.store.Consistency;
import dev.weir.store.Document;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyRange;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Query;
import dev.weir.store.Refusal;
import dev.weir.store.Role;
import dev.weir.store.ShardStatus;
import dev.weir.store.Staleness;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Three whole nodes with two copies of every shard, over a real broker. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LevelsClusterTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int SHARDS = 3;
  private static final int ROUNDS = 60;

  @TempDir private static Path directory;
  private static EmbeddedKafka kafka;
  private static final List<Weir> nodes = new ArrayList<>();
  private static int notes;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start(Options.in(directory.resolve("kafka")));
    for (String name : List.of("one", "two", "three")) {
      nodes.add(
          Weir.builder()
              .application("levels-test")
              .bootstrapServers(kafka.bootstrapServers())
              .listen("127.0.0.1:0")
              .stateDirectory(directory.resolve(name))
              .shards(SHARDS)
              .set(Setting.REPLICAS, "2")
              .set(Setting.NODE, name)
              .set(Setting.MEMORY, "64MiB")
              .collection("note", KeyType.Scalar.STRING)
              .start());
    }
    nodes.forEach(node -> node.awaitReady(PATIENCE));
    notes = nodes.get(0).database().catalogue().collection("note").orElseThrow().id();
    await().atMost(PATIENCE).until(() -> replicas() == 2 * SHARDS);
  }

  @AfterAll
  static void stop() {
    nodes.forEach(Weir::close);
    kafka.close();
  }

  /** Replicas that serve, as every node knows them. */
  private static long replicas() {
    return nodes.stream()
        .mapToLong(
            node ->
                node.database().cluster().join().nodes().stream()
                    .filter(n -> n.live())
                    .flatMap(n -> n.shards().stream())
                    .filter(ShardStatus::serving)
                    .count())
        .min()
        .orElse(0);
  }

  private static Key key(String text) {
    try {
      return KeyCodec.of(KeyType.Scalar.STRING).fromText(text);
    } catch (InvalidKeyException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static PositionToken put(Weir node, String key, String json) {
    var result =
        node.database()
            .submit(new Operation.Put(notes, key(key), json.getBytes(StandardCharsets.UTF_8)))
            .join();
    assertThat(result).isInstanceOf(Result.Success.class);
    return PositionToken.of(((Result.Success<Outcome>) result).sources());
  }

  private static <R> Result.Success<R> success(Weir node, Query<R> query, ReadOptions options) {
    Result<R> result = node.database().ask(query, options).join();
    assertThat(result).isInstanceOf(Result.Success.class);
    return (Result.Success<R>) result;
  }

  private static String text(Optional<Document> document) {
    return new String(document.orElseThrow().value(), StandardCharsets.UTF_8);
  }

  /** Asks for a document by every kind of query, and says what each one found. */
  private static List<String> everyWay(Weir node, String key, ReadOptions options) {
    List<String> found = new ArrayList<>();
    found.add(text(success(node, new Query.Get(notes, key(key)), options).value()));
    List<Key> keys = List.of(key("nothing"), key(key));
    found.add(text(success(node, new Query.MultiGet(notes, keys), options).value().get(1)));
    KeyRange from = new KeyRange(key(key).bytes(), true, key(key).bytes(), true);
    Query.Scan scan = new Query.Scan(notes, from, Query.Order.ASC, 10);
    found.add(text(success(node, scan, options).value().documents().stream().findFirst()));
    return found;
  }

  @Test
  @Order(1)
  void aStrongReadAnywhereSeesEveryWriteBeforeIt() {
    for (int i = 0; i < ROUNDS; i++) {
      put(nodes.get(i % 3), "strong", "" + i);
      for (Weir node : nodes) {
        assertThat(everyWay(node, "strong", ReadOptions.at(Consistency.STRONG)))
            .containsOnly("" + i);
      }
    }
  }

  @Test
  @Order(2)
  void aTokenMakesAnyNodeSeeTheWriteItCameFrom() {
    for (int i = 0; i < ROUNDS; i++) {
      PositionToken token = put(nodes.get(i % 3), "session", "" + i);
      for (Weir node : nodes) {
        assertThat(everyWay(node, "session", ReadOptions.from(token))).containsOnly("" + i);
      }
    }
  }

  /** KAFKA-6031, KAFKA-6144, azkarra #77. */
  @Test
  @Order(3)
  void standbysAnswerEventualReadsOfTheirOwnNode() {
    PositionToken token = put(nodes.get(0), "eventual", "1");
    int shard = token.offsets().firstKey();
    Weir standby = holder(shard, Role.STANDBY);
    Query.Get get = new Query.Get(notes, key("eventual"));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              var seen = success(standby, get, ReadOptions.at(Consistency.EVENTUAL));
              assertThat(seen.value()).isPresent();
              assertThat(seen.sources().get(0).node()).isEqualTo(standby.nodeId());
            });
    var old = success(standby, get, ReadOptions.from(token));
    assertThat(old.sources().get(0).node()).as("old enough for it").isEqualTo(standby.nodeId());
  }

  /** Lag in time: ksql #4022, #4276. */
  @Test
  @Order(4)
  void aStandbyStatesTheBoundItKeeps() {
    PositionToken token = put(nodes.get(0), "bounded", "1");
    Weir standby = holder(token.offsets().firstKey(), Role.STANDBY);
    Query.Get get = new Query.Get(notes, key("bounded"));
    Set<String> servers = new HashSet<>();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              var age = ReadOptions.at(Consistency.Bounded.age(Duration.ofSeconds(5)));
              Result.Source source = success(standby, get, age).sources().get(0);
              assertThat(source.staleness().ageMillis()).isBetween(0L, 5000L);
              servers.add(source.node());
              assertThat(servers).contains(standby.nodeId());
            });
    var records = ReadOptions.at(Consistency.Bounded.records(3));
    Staleness bound = success(standby, get, records).sources().get(0).staleness();
    assertThat(bound.records()).isBetween(0L, 3L);
  }

  @Test
  @Order(5)
  void aPositionThatNobodyHasIsWaitedForAndThenRefused() {
    PositionToken token = put(nodes.get(0), "ahead", "1");
    SortedMap<Integer, Long> ahead = new TreeMap<>();
    token.offsets().forEach((shard, offset) -> ahead.put(shard, offset + 1_000_000));
    ReadOptions options =
        new ReadOptions(
            null,
            new PositionToken(token.generation(), token.logId(), ahead),
            Duration.ofMillis(300));
    for (Weir node : nodes) {
      Result<?> result = node.database().ask(new Query.Get(notes, key("ahead")), options).join();
      assertThat(result)
          .isInstanceOfSatisfying(
              Result.Failure.class,
              no -> assertThat(no.refusal()).isInstanceOf(Refusal.BehindPosition.class));
    }
    PositionToken foreign = new PositionToken(0, "zzzzzzzz", token.offsets());
    assertThat(
            nodes
                .get(0)
                .database()
                .ask(new Query.Get(notes, key("ahead")), ReadOptions.from(foreign))
                .join())
        .isInstanceOfSatisfying(
            Result.Failure.class,
            no -> assertThat(no.refusal()).isInstanceOf(Refusal.ForeignPosition.class));
  }

  @Test
  @Order(6)
  void tokensHoldAfterTheActiveHasGone() {
    PositionToken token = put(nodes.get(1), "failover", "before");
    int shard = token.offsets().firstKey();
    Weir active = holder(shard, Role.ACTIVE);
    List<Weir> left = nodes.stream().filter(node -> node != active).toList();
    active.close();
    nodes.remove(active);
    for (Weir node : left) {
      Database database = node.database();
      assertThat(everyWay(node, "failover", ReadOptions.from(token))).containsOnly("before");
      assertThat(database.ask(new Query.Count(notes)).join()).isInstanceOf(Result.Success.class);
    }
    PositionToken later = put(left.get(0), "failover", "after");
    assertThat(everyWay(left.get(1), "failover", ReadOptions.from(later))).containsOnly("after");
    assertThat(everyWay(left.get(1), "failover", ReadOptions.at(Consistency.STRONG)))
        .containsOnly("after");
  }

  private static Weir holder(int shard, Role role) {
    return nodes.stream()
        .filter(
            node ->
                node.database().cluster().join().nodes().stream()
                    .filter(n -> n.id().equals(node.nodeId()))
                    .flatMap(n -> n.shards().stream())
                    .anyMatch(s -> s.shard() == shard && s.role() == role && s.serving()))
        .findFirst()
        .orElseThrow();
  }
}
