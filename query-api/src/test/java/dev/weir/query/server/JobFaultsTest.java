package dev.weir.query.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.graph.job.JobView;
import dev.weir.graph.job.LiveJobs;
import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import dev.weir.query.Database;
import dev.weir.query.Result;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Condition;
import dev.weir.store.KeyCodec;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jobs that lose a node in the middle, or are written to: notes in a row, each of which cites the
 * next, so that a search takes as many supersteps as there are notes.
 */
@Timeout(280)
@SuppressWarnings("rawtypes") // a class literal has no type arguments
class JobFaultsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int NOTES = 900;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path directory;
  private static EmbeddedKafka kafka;
  private static Weir one;
  private static Weir two;

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start(Options.in(directory.resolve("kafka")));
    one = node("one");
    two = node("two");
    one.awaitReady(PATIENCE);
    two.awaitReady(PATIENCE);
    // Frames between shards of one node would not leave it.
    awaitParts("one", "two");
    List<List<Object>> edges = new ArrayList<>();
    for (int note = 1; note < NOTES; note++) {
      edges.add(List.of(name(note - 1), name(note)));
    }
    List<Object> notes = new ArrayList<>();
    for (int note = 0; note < NOTES; note++) {
      notes.add(name(note));
    }
    write("note", notes);
    write("cites", edges);
  }

  @AfterAll
  static void stop() {
    two.close();
    one.close();
    kafka.close();
  }

  private static Weir node(String name) {
    return NodeProcess.builder(kafka.bootstrapServers(), name, directory)
        .edges("cites", "note", "note")
        .start();
  }

  private static String name(int note) {
    return "n" + note;
  }

  private static void write(String name, List<?> keys) throws Exception {
    Database database = one.database();
    CollectionDefinition collection = database.catalogue().collection(name).orElseThrow();
    Map<Integer, List<Operation.When>> batches = new TreeMap<>();
    for (Object key : keys) {
      Operation.Put put =
          new Operation.Put(
              collection.id(),
              KeyCodec.of(collection.keyType()).encode(key),
              "{}".getBytes(StandardCharsets.UTF_8));
      batches
          .computeIfAbsent(
              database.shards().shardOf(collection, put.key()), none -> new ArrayList<>())
          .add(new Operation.When(new Condition.Always(), put));
    }
    for (List<Operation.When> batch : batches.values()) {
      Result<Outcome> done = database.submit(new Operation.Batch(batch)).join();
      assertThat(done).isInstanceOf(Result.Success.class);
      assertThat(((Result.Success<Outcome>) done).value()).isInstanceOf(Outcome.Batched.class);
    }
  }

  private static String submit(Weir node, String result, String more) throws Exception {
    JsonNode request =
        JSON.readTree(
            "{\"algorithm\":\"bfs\",\"parameters\":{\"source\":\"n0\"},\"edges\":[\"cites\"],"
                + "\"result\":\""
                + result
                + "\""
                + more
                + "}");
    LiveJobs.Submission submission = node.jobs().submit(request).join();
    assertThat(submission).isInstanceOf(LiveJobs.Taken.class);
    return ((LiveJobs.Taken) submission).job().id();
  }

  private static JobView awaited(String id, Predicate<JobView> wanted) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(one.jobs().job(id)).get().matches(wanted));
    return one.jobs().job(id).orElseThrow();
  }

  private static boolean isUnderWay(JobView job) {
    JobView.Progress progress = job.progress();
    return progress != null && progress.superstep() > 20;
  }

  /** Edges that make many ways shorter, but for those that lead back. */
  private static List<List<Object>> shortcuts() {
    List<List<Object>> shortcuts = new ArrayList<>();
    for (int note = 2; note < NOTES; note += 7) {
      shortcuts.add(List.of(name(note), name(note - 2)));
      shortcuts.add(List.of(name(0), name(note)));
    }
    return shortcuts;
  }

  private static void expectDistances(JobView job, List<List<Object>> shortcuts) {
    assertThat(job.state()).as(job.toString()).isEqualTo(JobView.State.DONE);
    var values = two.collection(job.request().result(), List.class);
    for (int note = 0; note < NOTES; note++) {
      // Notes 2, 9, 16, ... are one step away then, and those two before them one more.
      int since = (note + 5) % 7;
      boolean before = since >= 5 && note + 7 - since < NOTES;
      int shorter = before ? since - 3 : since + 1;
      int expected = shortcuts.isEmpty() ? note : Math.min(note, shorter);
      JsonNode value =
          values.get(List.of(job.run(), name(note))).orElseThrow().value().path("value");
      assertThat(value.asInt()).as(name(note)).isEqualTo(expected);
    }
    assertThat(
            two.collection(job.request().result() + "-runs", String.class)
                .get("latest")
                .orElseThrow()
                .value()
                .path("run")
                .asText())
        .isEqualTo(job.run());
  }

  /** What did not come to its end is nobody's result: geaflow #761. */
  @Test
  void twoRunsAtOnceDoNotSeeWhatIsWrittenMeanwhileAndOneIsCancelled() throws Exception {
    String first = submit(one, "before", "");
    String second = submit(two, "cancelled", "");
    awaited(first, JobFaultsTest::isUnderWay);
    awaited(second, JobFaultsTest::isUnderWay);
    assertThat(two.jobs().delete(second)).isPresent();
    List<List<Object>> shortcuts = shortcuts();
    write("cites", shortcuts);
    expectDistances(awaited(first, job -> job.state().isEnd()), List.of());
    assertThat(awaited(second, job -> job.state().isEnd()).state())
        .isEqualTo(JobView.State.CANCELLED);
    assertThat(one.collection("cancelled-runs", String.class).count()).isZero();

    for (List<Object> shortcut : shortcuts) {
      assertThat(one.collection("cites", List.class).delete(shortcut)).isTrue();
    }
  }

  /**
   * One job keeps its states as often as it can, the other one does not compute for long enough to
   * keep any: the one goes on over its cut, the other one begins again and sees what is new.
   */
  @Test
  void aLostNodeCostsAnAttemptAndNothingElse() throws Exception {
    try (NodeProcess sleeper = NodeProcess.start(kafka.bootstrapServers(), "four", directory);
        NodeProcess victim = NodeProcess.start(kafka.bootstrapServers(), "three", directory)) {
      awaitParts("three", "four");
      String keeping = submit(one, "kept", ",\"checkpointSeconds\":0");
      String plain = submit(two, "plain", "");
      awaited(plain, JobFaultsTest::isUnderWay);
      JobView kept = awaited(keeping, job -> job.checkpoint().superstep() > 20);
      assertThat(kept.offers()).containsKeys("three", "four");
      List<List<Object>> shortcuts = shortcuts();
      write("cites", shortcuts);
      victim.killAndWait();

      awaited(keeping, job -> job.attempt() > 1 && job.progress() != null);
      awaited(plain, job -> job.attempt() > 1 && job.built() != null);
      sleeper.freeze();
      awaited(keeping, job -> job.attempt() > 2);
      awaited(plain, job -> job.attempt() > 2);
      sleeper.wake();

      JobView whole = awaited(keeping, job -> job.state().isEnd());
      assertThat(whole.restarts())
          .hasSizeGreaterThan(1)
          .allMatch(restart -> restart.superstep() != null && restart.superstep() > 20);
      assertThat(Objects.requireNonNull(whole.built()).cut())
          .isEqualTo(Objects.requireNonNull(kept.built()).cut());
      expectDistances(whole, List.of());
      JobView again = awaited(plain, job -> job.state().isEnd());
      assertThat(again.restarts())
          .hasSizeGreaterThan(1)
          .allMatch(restart -> restart.superstep() == null);
      expectDistances(again, shortcuts);
      for (List<Object> shortcut : shortcuts) {
        assertThat(one.collection("cites", List.class).delete(shortcut)).isTrue();
      }
    }
  }

  /** Waits until nodes are actives of a shard each. */
  private static void awaitParts(String... nodes) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              var actives = one.store().membership().table().actives().values();
              Set<String> holding = new TreeSet<>();
              actives.forEach(active -> holding.add(active.node()));
              return actives.size() == NodeProcess.SHARDS && holding.containsAll(List.of(nodes));
            });
  }
}
