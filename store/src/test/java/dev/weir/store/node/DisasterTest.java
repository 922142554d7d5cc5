package dev.weir.store.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.kafka.EmbeddedKafka;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Position;
import dev.weir.store.bootstrap.BootstrapSettings;
import dev.weir.store.log.LogProducer;
import dev.weir.store.log.LogProducerTuning;
import dev.weir.store.log.TopicPlan;
import dev.weir.store.rebase.CloneResult;
import dev.weir.store.rebase.CloneTarget;
import dev.weir.store.rebase.Cloning;
import dev.weir.store.snapshot.DirectoryStore;
import dev.weir.store.snapshot.FaultyStore;
import dev.weir.store.snapshot.ObjectStore;
import dev.weir.store.snapshot.Retention;
import dev.weir.store.snapshot.SnapshotRepository;
import dev.weir.store.snapshot.SnapshotSettings;
import dev.weir.store.snapshot.SnapshotStatus;
import dev.weir.store.snapshot.VerifiedSnapshots;
import dev.weir.store.write.LogRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The log, the repository or the nodes are lost, and what is left goes on or says what to do. */
@Timeout(300)
class DisasterTest {
  private static final int SHARDS = 2;
  private static final String APPLICATION = "hit";

  @TempDir Path directory;
  private EmbeddedKafka kafka;
  private TestStores stores;
  private Path place;
  private ObjectStore repository;

  @BeforeEach
  void startBroker() {
    place = directory.resolve("repository");
    repository = new DirectoryStore(place);
    broker();
  }

  private void broker() {
    kafka = TestStores.broker(directory.resolve("kafka"));
    stores = new TestStores(kafka, APPLICATION, SHARDS, 1);
  }

  @AfterEach
  void stopBroker() {
    kafka.close();
  }

  @Test
  void aRepositoryThatWasAwayOrLostIsFilledAgain() throws Exception {
    AtomicBoolean away = new AtomicBoolean(true);
    try (StoreNode node = start("n1")) {
      CollectionDefinition notes = fill(node, 0, 20);
      node.startSnapshots(settings(new FaultyStore(repository, call -> away.get())));
      node.snapshots().orElseThrow().request();
      awaitSnapshots(node, status -> status.failure().isPresent());
      stores.put(node, notes, "meanwhile", "1");
      away.set(false);
      node.snapshots().orElseThrow().request();
      awaitSnapshots(node, status -> status.newest().isPresent());
      assertThat(verified(node)).isTrue();

      delete(place);
      // Nothing was written since: it must be noticed all the same.
      node.snapshots().orElseThrow().request();
      await().atMost(TestStores.PATIENCE).until(() -> verified(node));
    }
  }

  @Test
  void withoutTheLogAllThatTheNodesHaveGoesOn() throws Exception {
    try (StoreNode node = start("n1")) {
      fill(node, 0, 20);
      snapshot(node);
      fill(node, 20, 30);
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.deleteTopics(List.of(APPLICATION + ".log.g0")).all().get(30, TimeUnit.SECONDS);
    }
    assertThatThrownBy(() -> start("n2"))
        .isInstanceOf(NodeStartException.class)
        .hasMessageContaining("is empty and no state is here")
        .hasMessageContaining("weir snapshot clone");
    assertThatThrownBy(() -> start("n1"))
        .isInstanceOf(NodeStartException.class)
        .hasMessageContaining("weir snapshot save")
        .hasMessageContaining("weir snapshot clone");
    try (Salvage salvage = salvage("n1")) {
      assertThat(salvage.objections(client())).isEmpty();
      for (int shard = 0; shard < SHARDS; shard++) {
        assertThat(salvage.save(shard, repository, Clock.systemUTC()))
            .isInstanceOf(Salvage.Result.Saved.class);
        assertThat(salvage.save(shard, repository, Clock.systemUTC()))
            .as("once is enough")
            .isInstanceOf(Salvage.Result.Known.class);
      }
    }

    CloneTarget target =
        new CloneTarget(APPLICATION, SHARDS, client(), OptionalInt.empty(), repository);
    Position lost = SnapshotRepository.logs(repository, APPLICATION).get(0);
    CloneResult result =
        new Cloning(
                new SnapshotRepository(repository, APPLICATION, lost),
                target,
                directory.resolve("work"),
                Clock.systemUTC())
            .run(Optional.empty(), shard -> {});
    assertThat(result)
        .isInstanceOfSatisfying(
            CloneResult.Cloned.class, c -> assertThat(c.log().generation()).isEqualTo(1));

    // The state of the lost log is still in its directory, and does not disturb.
    for (String id : List.of("n2", "n1")) {
      try (StoreNode node = start(id)) {
        assertThat(node.topics().generation()).isEqualTo(1);
        stores.awaitServing(node);
        assertNotes(node, 0, 30);
        stores.put(node, notes(node), "of " + id, "1");
      }
    }
  }

  @Test
  void aLogThatIsCutWhileANodeJoinsDoesNotStopIt() throws Exception {
    Map<TopicPartition, RecordsToDelete> cut = new HashMap<>();
    try (StoreNode node = start("n1")) {
      fill(node, 0, 20);
      snapshot(node);
      node.shards()
          .forEach(
              shard ->
                  cut.put(
                      new TopicPartition(APPLICATION + ".log.g0", shard.shard()),
                      RecordsToDelete.beforeOffset(shard.position().offset())));
    }
    // It finds a log that is worth folding; the shards are given to it a second later.
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        StoreNode node = start("n2", Long.MAX_VALUE)) {
      admin.deleteRecords(cut).all().get(30, TimeUnit.SECONDS);
      assertThat(node.shards()).as("it has none yet").isEmpty();
      stores.awaitServing(node);
      assertNotes(node, 0, 20);
      assertThat(node.shards()).allMatch(shard -> shard.stopReason() == null);
    }
  }

  @Test
  void aLogThatLostItsTailIsNotTakenForTheOldOne() throws Exception {
    long[] kept = new long[SHARDS];
    long[] folded = new long[SHARDS];
    try (StoreNode node = start("n1")) {
      fill(node, 0, 20);
      snapshot(node);
      node.shards().forEach(shard -> kept[shard.shard()] = shard.position().offset());
      fill(node, 20, 60);
      node.shards().forEach(shard -> folded[shard.shard()] = shard.position().offset());
    }
    kafka.close();
    for (int shard = 0; shard < SHARDS; shard++) {
      loseTail(shard, kept[shard]);
    }
    broker();
    assertThatThrownBy(() -> start("n1"))
        .isInstanceOf(NodeStartException.class)
        .hasMessageContaining("the log has lost acknowledged records")
        .hasMessageContaining("weir snapshot clone");
    try (Salvage salvage = salvage("n1")) {
      assertThat(salvage.objections(client()))
          .as("snapshots of them would be taken for the log's")
          .hasSize(SHARDS)
          .allMatch(reason -> reason.contains("lost acknowledged records"));
    }
    writeUpTo(folded);
    assertThatThrownBy(() -> start("n1"))
        .isInstanceOf(NodeStartException.class)
        .hasMessageContaining("lost its tail and was written anew");
    try (StoreNode node = start("n2")) {
      stores.awaitServing(node);
      assertNotes(node, 0, 20);
      stores.put(node, notes(node), "after", "1");
      assertThat(stores.get(node, notes(node), "after")).hasValue("1");
    }
  }

  private StoreNode start(String id) throws Exception {
    return start(id, 1);
  }

  private StoreNode start(String id, long leastRecords) throws Exception {
    return StoreNode.start(
        stores.config(Files.createDirectories(directory.resolve(id)), id),
        new BootstrapSettings(false, Optional.of(repository), leastRecords, 0));
  }

  private Salvage salvage(String id) throws NodeStartException {
    return Salvage.of(directory.resolve(id), APPLICATION, SHARDS, Optional.of(id));
  }

  private Map<String, Object> client() {
    return Map.of("bootstrap.servers", kafka.bootstrapServers());
  }

  private static CollectionDefinition notes(StoreNode node) {
    return node.catalogue().collection("note").orElseThrow();
  }

  private CollectionDefinition fill(StoreNode node, int from, int to) throws Exception {
    stores.awaitServing(node);
    CollectionDefinition notes =
        from == 0 ? TestStores.define(node, "note", Writer.API) : notes(node);
    for (int i = from; i < to; i++) {
      stores.put(node, notes, "k" + i, "" + i);
    }
    stores.quiesce(node);
    return notes;
  }

  private void assertNotes(StoreNode node, int from, int to) {
    for (int i = from; i < to; i++) {
      assertThat(stores.get(node, notes(node), "k" + i)).hasValue("" + i);
    }
  }

  private static SnapshotSettings settings(ObjectStore store) {
    return new SnapshotSettings(store, Optional.empty(), new Retention(3, Duration.ofDays(1)));
  }

  private void snapshot(StoreNode node) {
    node.startSnapshots(settings(repository));
    node.snapshots().orElseThrow().request();
    awaitSnapshots(node, status -> status.newest().isPresent());
  }

  private static void awaitSnapshots(
      StoreNode node, java.util.function.Predicate<SnapshotStatus> each) {
    await()
        .atMost(TestStores.PATIENCE)
        .until(
            () ->
                node.snapshots().orElseThrow().status().size() == SHARDS
                    && node.snapshots().orElseThrow().status().stream()
                        .allMatch(status -> !status.running() && each.test(status)));
  }

  /** Whether every shard can be rebuilt from the repository as it is now. */
  private boolean verified(StoreNode node) throws IOException {
    VerifiedSnapshots verified =
        new VerifiedSnapshots(
            new SnapshotRepository(repository, APPLICATION, Position.start(node.logId(), 0)));
    for (var shard : node.shards()) {
      if (verified.newest(shard.shard()).orElse(-1) != shard.position().offset()) {
        return false;
      }
    }
    return true;
  }

  /** What an unclean election does: records that were acknowledged are gone. */
  private void loseTail(int shard, long last) throws IOException {
    Path root = directory.resolve("kafka");
    List<Path> files;
    try (Stream<Path> paths = Files.walk(root)) {
      files = paths.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      String name = file.getFileName().toString();
      boolean ofShard = file.getParent().endsWith(APPLICATION + ".log.g0-" + shard);
      if (ofShard && name.endsWith(".log")) {
        cut(file, last);
      } else if (name.equals(".kafka_cleanshutdown")
          || (ofShard && (name.endsWith("index") || name.endsWith(".snapshot")))) {
        Files.delete(file);
      }
    }
  }

  /** Keeps the batches up to an offset: each begins with its offset and its length. */
  private static void cut(Path segment, long last) throws IOException {
    try (FileChannel file =
        FileChannel.open(segment, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long at = 0;
      ByteBuffer head = ByteBuffer.allocate(27);
      while (at < file.size()) {
        head.clear();
        file.read(head, at);
        long end = head.getLong(0) + head.getInt(23);
        if (end > last) {
          break;
        }
        at += 12 + head.getInt(8);
      }
      file.truncate(at);
    }
  }

  private void writeUpTo(long[] offsets) throws Exception {
    TopicPlan plan = new TopicPlan(APPLICATION, 0, SHARDS);
    try (LogProducer producer =
        new LogProducer(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            plan,
            LogProducerTuning.commands("other"))) {
      for (int shard = 0; shard < SHARDS; shard++) {
        long offset = -1;
        while (offset <= offsets[shard]) {
          offset =
              producer.append(shard, new LogRecord.Trim(shard, 0), 0).get(30, TimeUnit.SECONDS);
        }
      }
    }
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
