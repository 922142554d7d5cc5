package dev.weir.graph.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.graph.Exchange;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes, shard 0 in the one, shards 1 and 2 in the other. */
final class GraphWireTest {

  private static final int SHARDS = 3;

  @TempDir private static Path directory;

  private static TestWire kafka;

  @BeforeAll
  static void start() {
    kafka = new TestWire(directory.resolve("kafka"));
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  /** Keeps what arrives. */
  private static final class Kept implements Exchange.Receiver {
    private final List<byte[]> frames = new CopyOnWriteArrayList<>();
    private final List<byte[]> announcements = new CopyOnWriteArrayList<>();

    @Override
    public void frame(byte[] frame) {
      frames.add(frame);
    }

    @Override
    public void announcement(byte[] announcement) {
      announcements.add(announcement);
    }
  }

  private static GraphWire wire() {
    String topic = kafka.topic("pair", SHARDS);
    return new GraphWire(kafka.client(), topic, SHARDS, (run, event, timestamp) -> {});
  }

  private static RunKey attempt(UUID run, int number) {
    return new RunKey(run, number, 0);
  }

  private static Exchange join(GraphWire wire, RunKey key, Integer... shards) {
    return wire.join(key, 1, List.of(shards)).join().get(0);
  }

  @Test
  void framesOfAnyLengthArriveInOrderAlsoBeforeSomebodyIsAttached() {
    RunKey key = attempt(UUID.randomUUID(), 1);
    try (GraphWire one = wire();
        GraphWire other = wire()) {
      Exchange from = join(one, key, 0);
      Exchange to = join(other, key, 1, 2);
      byte[] longFrame = new byte[3_500_000];
      new Random(1).nextBytes(longFrame);
      from.send(0, 1, new byte[] {1});
      from.send(0, 1, longFrame);
      from.send(0, 1, new byte[] {2});
      Kept first = new Kept();
      from.attach(0, first);
      from.announce(new byte[] {9});
      Kept second = new Kept();
      Kept third = new Kept();
      to.attach(1, second);
      to.attach(2, third);

      await().until(() -> second.frames.size() == 3);
      assertThat(second.frames).containsExactly(new byte[] {1}, longFrame, new byte[] {2});
      for (Kept kept : List.of(first, second, third)) {
        await().until(() -> !kept.announcements.isEmpty());
        assertThat(kept.announcements.get(0)).containsExactly(9);
      }
      assertThat(third.frames).isEmpty();
    }
  }

  @Test
  void whatAnEarlierAttemptSendsIsNotHeard() {
    UUID run = UUID.randomUUID();
    try (GraphWire one = wire();
        GraphWire other = wire()) {
      Exchange old = join(one, attempt(run, 1), 0);
      Exchange now = join(one, attempt(run, 2), 0);
      Exchange to = join(other, attempt(run, 2), 1, 2);
      Kept kept = new Kept();
      to.attach(1, kept);
      old.send(0, 1, new byte[] {1});
      old.abandon("it is over");
      now.send(0, 1, new byte[] {2});
      await().until(() -> !kept.frames.isEmpty());
      assertThat(kept.frames).containsExactly(new byte[] {2});
      List<String> broken = new CopyOnWriteArrayList<>();
      to.onBroken(broken::add);
      now.abandon("enough");
      await().until(() -> !broken.isEmpty());
      assertThat(broken).containsExactly("another process has left: enough");
    }
  }

  @Test
  void aProcessThatClosesBreaksItsRuns() {
    List<String> broken = new CopyOnWriteArrayList<>();
    try (GraphWire wire = wire()) {
      join(wire, attempt(UUID.randomUUID(), 1), 0, 1).onBroken(broken::add);
    }
    assertThat(broken).containsExactly("the node is closing");
  }

  @Test
  void everybodyHearsEventsAlsoThoseFromBefore() {
    UUID run = UUID.randomUUID();
    List<String> late = new CopyOnWriteArrayList<>();
    String topic = kafka.topic("pair-with-events", SHARDS);
    try (GraphWire first =
        new GraphWire(kafka.client(), topic, SHARDS, (key, event, timestamp) -> {})) {
      first.tell(attempt(run, 1), "one".getBytes(StandardCharsets.UTF_8)).join();
      try (GraphWire second =
          new GraphWire(
              kafka.client(),
              topic,
              SHARDS,
              (key, event, timestamp) ->
                  late.add(key.run() + " " + new String(event, StandardCharsets.UTF_8)))) {
        second.tell(attempt(run, 1), "two".getBytes(StandardCharsets.UTF_8)).join();
        await().until(() -> late.size() == 2);
        assertThat(late).containsExactly(run + " one", run + " two");
      }
    }
  }
}
