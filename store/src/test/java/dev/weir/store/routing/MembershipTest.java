package dev.weir.store.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import dev.weir.store.Catalogue;
import dev.weir.store.log.TestKafka;
import dev.weir.store.log.TopicPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MembershipTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int SHARDS = 4;
  private static final MembershipTiming NO_DRIFT =
      new MembershipTiming(
          Duration.ofMillis(20), Duration.ofDays(1), Duration.ofMillis(100), Duration.ofSeconds(2));
  private static final MembershipTiming FAST_DRIFT =
      new MembershipTiming(
          Duration.ofMillis(20),
          Duration.ofMillis(100),
          Duration.ofMillis(100),
          Duration.ofSeconds(2));

  @TempDir static Path directory;
  private static TestKafka kafka;

  @BeforeAll
  static void start() {
    kafka = new TestKafka(directory);
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void nodesSeeEachOthersShardsMoveAndLeave() throws Exception {
    TopicPlan plan = plan("moves");
    Ownership ofA = new Ownership(SHARDS);
    Ownership ofB = new Ownership(SHARDS);
    try (Membership a = join(plan, "a", 1, ofA, NO_DRIFT)) {
      try (Membership b = join(plan, "b", 2, ofB, NO_DRIFT)) {
        ofA.opened(0);
        ofA.activated(0);
        ofB.opened(0);
        RoutingTable seen = await(b, t -> activeIs(t, 0, "a") && t.standbys(0).size() == 1);
        assertThat(seen.standbys(0)).extracting(NodeEntry::node).containsExactly("b");
        assertThat(seen.nodes().get("a").url()).isEqualTo("http://a");

        ofB.logEndSeen(0, 0);
        ofB.activated(0);
        RoutingTable moved = await(a, t -> activeIs(t, 0, "b"));
        assertThat(moved.active(0).orElseThrow().shard(0).orElseThrow().serving()).isTrue();
        assertThat(a.awaitVersion(moved.version(), PATIENCE)).isPresent();
        assertThat(a.awaitVersion(Long.MAX_VALUE, Duration.ofMillis(1))).isEmpty();
      }
      RoutingTable left = await(a, t -> t.nodes().size() == 1);
      assertThat(left.nodes()).containsOnlyKeys("a");
      assertThat(left.active(0)).map(NodeEntry::node).contains("a");
      assertThat(left.departed()).containsExactly("b");
      try (Membership b = join(plan, "b", 3, new Ownership(SHARDS), NO_DRIFT)) {
        assertThat(await(b, t -> session(t, "b") == 3).departed()).isEmpty();
      }
    }
  }

  @Test
  void aNodeWithoutShardsLearnsTheDefinitions() throws Exception {
    TopicPlan plan = plan("definitions");
    Catalogue catalogue = new Catalogue(3, 7, List.of(), List.of());
    Ownership ofA = new Ownership(SHARDS);
    try (Membership a = join(plan, "a", 1, ofA, NO_DRIFT, new Board(catalogue))) {
      ofA.opened(1);
      ofA.activated(1);
      Board learns = new Board(Catalogue.empty());
      try (Membership b = join(plan, "b", 2, new Ownership(SHARDS), NO_DRIFT, learns)) {
        await(b, t -> activeIs(t, 1, "a"));
        assertThat(learns.known()).isEqualTo(Catalogue.empty());
        ofA.opened(0);
        ofA.activated(0);
        await(b, t -> activeIs(t, 0, "a"));
        assertThat(learns.known()).isEqualTo(catalogue);
      }
    }
  }

  private static final class Board implements SharedDefinitions {
    private volatile Catalogue known;

    Board(Catalogue known) {
      this.known = known;
    }

    @Override
    public Catalogue known() {
      return known;
    }

    @Override
    public void published(Catalogue catalogue) {
      if (catalogue.revision() > known.revision()) {
        known = catalogue;
      }
    }
  }

  @Test
  void aLateClaimWinsAlthoughTheOlderOneIsStillRepeated() throws Exception {
    TopicPlan plan = plan("claims");
    Ownership ofA = new Ownership(SHARDS);
    Ownership ofB = new Ownership(SHARDS);
    try (Membership a = join(plan, "a", 1, ofA, NO_DRIFT);
        Membership b = join(plan, "b", 2, ofB, NO_DRIFT)) {
      ofA.opened(0);
      ofA.activated(0);
      await(b, t -> activeIs(t, 0, "a"));
      ofB.opened(0);
      ofB.activated(0);
      await(a, t -> activeIs(t, 0, "b"));

      ofA.opened(1);
      RoutingTable repeated = await(b, t -> t.standbys(1).size() == 1);
      assertThat(repeated.active(0)).map(NodeEntry::node).contains("b");

      ofA.deactivated(0);
      ofA.activated(0);
      await(b, t -> activeIs(t, 0, "a"));
    }
  }

  @Test
  void coalescesABurstAndSaysNothingOfOffsetsAlone() throws Exception {
    TopicPlan plan = plan("burst");
    Ownership ownership = new Ownership(500);
    try (Membership node = join(plan, "a", 1, ownership, NO_DRIFT)) {
      await(node, t -> t.nodes().size() == 1);
      for (int shard = 0; shard < 500; shard++) {
        ownership.opened(shard);
        ownership.activated(shard);
      }
      RoutingTable table = await(node, t -> t.actives().size() == 500);
      for (int offset = 0; offset < 1_000; offset++) {
        ownership.position(7, offset);
      }
      ownership.catalogueRevision(3, 9);
      RoutingTable after = await(node, t -> revision(t, 3) == 9);
      assertThat(after.version()).as("1,000 changes, few records").isLessThan(60);
      assertThat(after.version()).isGreaterThan(table.version());
    }
  }

  @Test
  void saysItsOffsetsNowAndThenAndCorrectsWhatOthersSaidInItsName() throws Exception {
    TopicPlan plan = plan("drift");
    Ownership ownership = new Ownership(SHARDS);
    ownership.opened(2);
    try (Membership node = join(plan, "a", 1, ownership, FAST_DRIFT)) {
      await(node, t -> t.nodes().size() == 1);
      ownership.position(2, 77);
      RoutingTable table = await(node, t -> offset(t, 2) == 77);
      tombstone(plan, "a");
      await(node, t -> t.version() > table.version() + 1 && offset(t, 2) == 77);
    }
  }

  @Test
  void aNodeThatIsTakenForDeadSaysAtOnceThatItLives() throws Exception {
    TopicPlan plan = plan("evicted");
    Ownership ofA = new Ownership(SHARDS);
    ofA.opened(0);
    ofA.activated(0);
    try (Membership a = join(plan, "a", 1, ofA, NO_DRIFT);
        Membership b = join(plan, "b", 2, new Ownership(SHARDS), NO_DRIFT)) {
      long said = await(b, t -> activeIs(t, 0, "a")).version();
      assertThat(b.remove("a")).isTrue();
      assertThat(b.table().departed()).as("it did not say so itself").isEmpty();
      await(b, t -> t.version() > said + 1 && activeIs(t, 0, "a"));
    }
  }

  @Test
  void saysThatAShardSendsAndSoonThatItHasSent() throws Exception {
    TopicPlan plan = plan("sending");
    Ownership ofA = new Ownership(SHARDS);
    ofA.opened(0);
    ofA.opened(1);
    ofA.activated(1);
    AtomicBoolean sends = new AtomicBoolean(true);
    try (Membership a = membership(kafka.client(), plan, "a", 1, ofA, NO_DRIFT);
        Membership b = join(plan, "b", 2, new Ownership(SHARDS), NO_DRIFT)) {
      a.sending(shard -> sends.get());
      a.start();
      RoutingTable seen = await(b, t -> activeIs(t, 1, "a"));
      assertThat(seen.sending()).as("from the first announcement on").isTrue();
      assertThat(seen.nodes().get("a").shard(0).orElseThrow().sending()).isFalse();
      sends.set(false);
      await(b, t -> !t.sending());
    }
  }

  @Test
  void aStoppingNodeSaysSoAndStaysInTheTableIfItComesBack() throws Exception {
    TopicPlan plan = plan("away");
    Ownership ofA = new Ownership(SHARDS);
    ofA.opened(0);
    try (Membership b = join(plan, "b", 2, new Ownership(SHARDS), NO_DRIFT)) {
      Membership a = join(plan, "a", 1, ofA, NO_DRIFT);
      await(b, t -> t.standbys(0).size() == 1);
      assertThat(a.announceAway(Duration.ofSeconds(9))).isTrue();
      Standing away = new Standing(List.of(), Duration.ofSeconds(9));
      await(b, t -> t.nodes().get("a").standing().equals(away));
      ofA.closed(0);
      RoutingTable closed = await(b, t -> t.standbys(0).isEmpty());
      assertThat(closed.nodes().get("a").standing()).isEqualTo(away);
      a.closeForRestart();
      assertThat(b.awaitVersion(closed.version() + 1, Duration.ofMillis(200))).isEmpty();
      try (Membership again = join(plan, "a", 3, new Ownership(SHARDS), NO_DRIFT)) {
        RoutingTable back = await(again, t -> session(t, "a") == 3);
        assertThat(back.nodes().get("a").standing()).isEqualTo(Standing.UNSAID);
      }
    }
  }

  @Test
  void aRestartedNodeReplacesItsOldEntry() throws Exception {
    TopicPlan plan = plan("restart");
    Ownership before = new Ownership(SHARDS);
    Ownership after = new Ownership(SHARDS);
    before.opened(0);
    before.activated(0);
    try (Membership killed = join(plan, "a", 1, before, NO_DRIFT)) {
      await(killed, t -> activeIs(t, 0, "a"));
      try (Membership restarted = join(plan, "a", 2, after, NO_DRIFT)) {
        RoutingTable table = await(restarted, t -> session(t, "a") == 2);
        assertThat(table.active(0)).isEmpty();
        assertThat(restarted.caughtUp()).isTrue();
      }
    }
  }

  @Test
  void tellsListenersOfEveryTableAndCountsWhatItCannotRead() throws Exception {
    TopicPlan plan = plan("listeners");
    try (KafkaProducer<byte[], byte[]> producer = producer(kafka.client())) {
      producer
          .send(new ProducerRecord<>(plan.routingTopic(), 0, new byte[] {'x'}, new byte[] {1}))
          .get();
    }
    Membership node = membership(kafka.client(), plan, "a", 1, new Ownership(SHARDS), NO_DRIFT);
    List<RoutingTable> tables = new CopyOnWriteArrayList<>();
    node.onTable(tables::add);
    node.start();
    try (node) {
      await(node, t -> t.nodes().size() == 1);
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> tables.stream().anyMatch(t -> t.nodes().size() == 1));
      assertThat(node.skippedRecords()).isEqualTo(1);
    }
  }

  @Test
  void keepsItsTableWhileKafkaIsAwayAndGoesOnWhenItIsBack(@TempDir Path data) throws Exception {
    TopicPlan plan = new TopicPlan("outage", 0, SHARDS);
    EmbeddedKafka broker = EmbeddedKafka.start(Options.in(data));
    Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (Admin admin = Admin.create(client)) {
      admin.createTopics(List.of(routing(plan))).all().get();
    }
    Ownership ownership = new Ownership(SHARDS);
    Membership node = membership(client, plan, "a", 1, ownership, NO_DRIFT);
    node.start();
    try {
      await(node, t -> t.nodes().size() == 1);
      broker.close();
      ownership.opened(3);
      ownership.activated(3);
      assertThat(node.await(t -> activeIs(t, 3, "a"), Duration.ofSeconds(3))).isEmpty();
      assertThat(node.table().nodes()).containsOnlyKeys("a");

      broker = EmbeddedKafka.start(Options.in(data).withPort(broker.port()));
      await(node, t -> activeIs(t, 3, "a"));
    } finally {
      node.close();
      broker.close();
    }
  }

  private static TopicPlan plan(String application) throws Exception {
    TopicPlan plan = new TopicPlan(application, 0, SHARDS);
    kafka.create(routing(plan));
    return plan;
  }

  private static NewTopic routing(TopicPlan plan) {
    return new NewTopic(plan.routingTopic(), 1, (short) 1)
        .configs(Map.of("cleanup.policy", "compact"));
  }

  private static Membership join(
      TopicPlan plan, String node, long session, Ownership ownership, MembershipTiming timing) {
    return join(plan, node, session, ownership, timing, new Board(Catalogue.empty()));
  }

  private static Membership join(
      TopicPlan plan,
      String node,
      long session,
      Ownership ownership,
      MembershipTiming timing,
      SharedDefinitions definitions) {
    Membership membership =
        new Membership(kafka.client(), plan, self(node, session), ownership, definitions, timing);
    membership.start();
    return membership;
  }

  private static Membership membership(
      Map<String, Object> client,
      TopicPlan plan,
      String node,
      long session,
      Ownership ownership,
      MembershipTiming timing) {
    return new Membership(
        client, plan, self(node, session), ownership, new Board(Catalogue.empty()), timing);
  }

  private static NodeEntry self(String node, long session) {
    return new NodeEntry(node, session, 0, "http://" + node, node + ":1", "", 1, "", List.of());
  }

  private static RoutingTable await(Membership membership, Predicate<RoutingTable> wanted)
      throws InterruptedException {
    return membership
        .await(wanted, PATIENCE)
        .orElseThrow(() -> new AssertionError("still " + membership.table()));
  }

  private static void tombstone(TopicPlan plan, String node) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer(kafka.client())) {
      producer
          .send(new ProducerRecord<>(plan.routingTopic(), 0, AnnouncementFormat.key(node), null))
          .get();
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> client) {
    return new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static boolean activeIs(RoutingTable table, int shard, String node) {
    return table.active(shard).filter(n -> n.node().equals(node)).isPresent();
  }

  private static int revision(RoutingTable table, int shard) {
    return table.active(shard).flatMap(n -> n.shard(shard)).orElseThrow().catalogueRevision();
  }

  private static long offset(RoutingTable table, int shard) {
    NodeEntry node = table.nodes().get("a");
    return node == null ? -2 : node.shard(shard).map(HeldShard::offset).orElse(-2L);
  }

  private static long session(RoutingTable table, String node) {
    NodeEntry entry = table.nodes().get(node);
    return entry == null ? -1 : entry.session();
  }
}
