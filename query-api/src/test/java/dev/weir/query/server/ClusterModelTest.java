package dev.weir.query.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.query.server.Notes.Range;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A cluster of three nodes answers like a sorted map, whichever way and node it is asked. */
@Timeout(300)
class ClusterModelTest {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterModelTest.class);
  private static final long SEED = Long.getLong("weir.model.seed", System.nanoTime());
  private static final int ROUNDS = 3;
  private static final int STEPS = 150;
  private static final int STILL_KEYS = 40;

  @TempDir private static Path directory;
  private static LiveCluster cluster;

  @BeforeAll
  static void start() {
    LOG.info("seed {}", SEED);
    cluster = new LiveCluster(directory, "model");
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void theLibraryAnswersLikeASortedMap() {
    expectModel(new LibraryNotes(cluster), "library");
  }

  @Test
  void httpAnswersLikeASortedMap() {
    expectModel(new HttpNotes(cluster), "http");
  }

  @Test
  void aWalkAsksEachNodeAtMostOnceForAHop() {
    ClusterWalks walks = new ClusterWalks(cluster);
    walks.fill();
    walks.expectOneCallForEachNodeAndHop();
    walks.expectTwoCallsForEachNodeAndLevel();
  }

  @Test
  void bothEndsOfAllEdgesAreProvedToAgreeOrNot() throws Exception {
    ClusterChecks checks = new ClusterChecks(cluster);
    checks.expectNothingWhileEdgesAreWritten();
    checks.expectDamageToBeNamed();
  }

  private static void expectModel(Notes notes, String name) {
    for (int round = 0; round < ROUNDS; round++) {
      long seed = SEED + round;
      NotesModel model = new NotesModel(notes, seed, name + " " + round + "/");
      try {
        model.run(STEPS);
      } catch (AssertionError e) {
        throw new AssertionError("weir.model.seed=" + seed + " fails in its first round", e);
      }
      assertThat(model.writesBetweenPages()).isPositive();
    }
  }

  @Test
  void pagesOfTheLibraryHoldWhileOthersWrite() {
    expectWholeScans(new LibraryNotes(cluster), "busy library/");
  }

  @Test
  void pagesOverHttpHoldWhileOthersWrite() {
    expectWholeScans(new HttpNotes(cluster), "busy http/");
  }

  /** Keys that nobody touches come exactly once, however busy the keys between them are. */
  private static void expectWholeScans(Notes notes, String space) {
    List<String> still = IntStream.range(0, STILL_KEYS).mapToObj(i -> space + (10 + i)).toList();
    for (int i = 0; i < STILL_KEYS; i++) {
      notes.put(still.get(i), i);
    }
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger writes = new AtomicInteger();
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(() -> write(space, still, stop, writes));
    try {
      for (boolean descending : new boolean[] {false, true}) {
        expectOnce(scan(notes, space, descending, writes, writer), still, descending);
      }
    } finally {
      stop.set(true);
      writer.join();
    }
  }

  /** Puts and removes keys between the others until told to stop. */
  private static void write(
      String space, List<String> still, AtomicBoolean stop, AtomicInteger writes) {
    Notes others = new LibraryNotes(cluster);
    Random random = new Random(SEED);
    while (!stop.get()) {
      String key =
          random.nextInt(5) == 0
              ? space + "~" + random.nextInt(10)
              : still.get(random.nextInt(still.size())) + "x";
      if (random.nextBoolean()) {
        others.put(key, -1);
      } else {
        others.delete(key);
      }
      writes.incrementAndGet();
    }
  }

  private static List<Map.Entry<String, Integer>> scan(
      Notes notes,
      String space,
      boolean descending,
      AtomicInteger writes,
      CompletableFuture<Void> writer) {
    Range range = new Range(Optional.of(space), "", true, "", true, descending);
    Notes.Pages pages = notes.scan(range, 3);
    List<Map.Entry<String, Integer>> found = new ArrayList<>();
    for (var page = pages.next(); page.isPresent(); page = pages.next()) {
      found.addAll(page.get());
      int before = writes.get();
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(2))
          .atMost(LiveCluster.PATIENCE)
          .until(() -> writes.get() > before || writer.isCompletedExceptionally());
    }
    return found;
  }

  private static void expectOnce(
      List<Map.Entry<String, Integer>> found, List<String> still, boolean descending) {
    List<String> keys = found.stream().map(Map.Entry::getKey).toList();
    Comparator<String> ascending = Comparator.naturalOrder();
    assertThat(keys)
        .isSortedAccordingTo(descending ? ascending.reversed() : ascending)
        .doesNotHaveDuplicates();
    assertThat(found.stream().filter(entry -> still.contains(entry.getKey())))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, STILL_KEYS).mapToObj(i -> Map.entry(still.get(i), i)).toList());
  }
}
