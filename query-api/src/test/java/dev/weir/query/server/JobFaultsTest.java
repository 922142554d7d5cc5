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
import java.util.TreeMap;
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
  private static final Duration PATIENCE = Duration.ofMinutes(2);
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

  private static String submit(Weir node, String result) throws Exception {
    JsonNode request =
        JSON.readTree(
            "{\"algorithm\":\"bfs\",\"parameters\":{\"source\":\"n0\"},\"edges\":[\"cites\"],"
                + "\"result\":\""
                + result
                + "\"}");
    LiveJobs.Submission submission = node.jobs().submit(request).join();
    assertThat(submission).isInstanceOf(LiveJobs.Taken.class);
    return ((LiveJobs.Taken) submission).job().id();
  }

  private static JobView awaited(String id, Predicate<JobView> wanted) {
    await().atMost(PATIENCE).until(() -> one.jobs().job(id).filter(wanted).isPresent());
    return one.jobs().job(id).orElseThrow();
  }

  private static boolean isUnderWay(JobView job) {
    JobView.Progress progress = job.progress();
    return progress != null && progress.superstep() > 20;
  }

  private static void expectDistances(JobView job) {
    assertThat(job.state()).as(job.toString()).isEqualTo(JobView.State.DONE);
    var values = two.collection(job.request().result(), List.class);
    for (int note = 0; note < NOTES; note++) {
      JsonNode value =
          values.get(List.of(job.run(), name(note))).orElseThrow().value().path("value");
      assertThat(value.asInt()).as(name(note)).isEqualTo(note);
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

  @Test
  void twoRunsAtOnceDoNotSeeWhatIsWrittenMeanwhileAndOneIsCancelled() throws Exception {
    String first = submit(one, "before");
    String second = submit(two, "cancelled");
    awaited(first, JobFaultsTest::isUnderWay);
    awaited(second, JobFaultsTest::isUnderWay);
    List<List<Object>> shortcuts = new ArrayList<>();
    for (int note = 2; note < NOTES; note += 7) {
      shortcuts.add(List.of(name(note), name(note - 2)));
      shortcuts.add(List.of(name(0), name(note)));
    }
    write("cites", shortcuts);
    assertThat(two.jobs().delete(second)).isPresent();
    expectDistances(awaited(first, job -> job.state().isEnd()));
    assertThat(awaited(second, job -> job.state().isEnd()).state())
        .isEqualTo(JobView.State.CANCELLED);
    assertThat(one.collection("cancelled-runs", String.class).count()).isZero();

    for (List<Object> shortcut : shortcuts) {
      assertThat(one.collection("cites", List.class).delete(shortcut)).isTrue();
    }
  }

  @Test
  void aKilledNodeCostsAnAttemptAndNothingElse() throws Exception {
    try (NodeProcess victim = NodeProcess.start(kafka.bootstrapServers(), "three", directory)) {
      awaitPart("three");
      String id = submit(one, "killed");
      assertThat(awaited(id, JobFaultsTest::isUnderWay).offers()).containsKey("three");
      victim.killAndWait();
      JobView job = awaited(id, ended -> ended.state().isEnd());
      assertThat(job.restarts()).isNotEmpty();
      assertThat(job.attempt()).isGreaterThan(1);
      expectDistances(job);
    }
  }

  @Test
  void aFrozenNodeThatWakesAgainIsNotHeardInTheNextAttempt() throws Exception {
    try (NodeProcess sleeper = NodeProcess.start(kafka.bootstrapServers(), "four", directory)) {
      awaitPart("four");
      String id = submit(two, "frozen");
      assertThat(awaited(id, JobFaultsTest::isUnderWay).offers()).containsKey("four");
      sleeper.freeze();
      awaited(id, again -> again.attempt() > 1);
      sleeper.wake();
      JobView job = awaited(id, ended -> ended.state().isEnd());
      assertThat(job.restarts()).isNotEmpty();
      expectDistances(job);
    }
  }

  /** Waits until a node is the active of a shard. */
  private static void awaitPart(String node) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                one.store().membership().table().actives().values().stream()
                        .anyMatch(active -> active.node().equals(node))
                    && one.store().membership().table().actives().size() == NodeProcess.SHARDS);
  }
}
