package dev.weir.query.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.PeerReply;
import dev.weir.query.Peers;
import dev.weir.query.ShardQuery;
import dev.weir.query.ShardWrite;
import dev.weir.store.Document;
import dev.weir.store.Key;
import dev.weir.store.Position;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.ShardStatus;
import dev.weir.store.WriteResult;
import dev.weir.store.routing.NodeEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/** Which replica is asked, and when a second one is, with nodes whose speed is set by hand. */
class ReplicaCallsTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final NodeEntry B = node("b");
  private static final NodeEntry C = node("c");
  private static final List<ShardQuery<Optional<Document>>> GET =
      List.of(new ShardQuery<>(0, new Query.Get(1, Key.ofEncoded(new byte[] {1}))));

  private final VirtualTime time = new VirtualTime();
  private final Nodes nodes = new Nodes();
  private final ReplicaCalls calls = new ReplicaCalls(nodes, time, 0.05);

  private static NodeEntry node(String id) {
    return new NodeEntry(id, 1, 0, "", id + ":1", "", 1, "", List.of());
  }

  /** Nodes that answer after as long as is set for them. */
  private final class Nodes implements Peers {
    final Map<String, LongSupplier> delays = new TreeMap<>();
    final Map<String, Integer> asked = new TreeMap<>();
    final Map<String, Integer> takenBack = new TreeMap<>();

    @Override
    public <R> CompletableFuture<PeerReply<List<ReadResult<R>>>> read(
        NodeEntry node, List<ShardQuery<R>> questions, Duration timeout) {
      asked.merge(node.node(), 1, Integer::sum);
      CompletableFuture<PeerReply<List<ReadResult<R>>>> reply = new CompletableFuture<>();
      var unused =
          reply.whenComplete(
              (answer, failure) -> {
                if (answer == null) {
                  takenBack.merge(node.node(), 1, Integer::sum);
                }
              });
      long delay = delays.get(node.node()).getAsLong();
      if (delay < 0) {
        reply.complete(new PeerReply.Lost<>("down"));
      } else {
        time.after(Duration.ofNanos(delay), () -> reply.complete(answer()));
      }
      return reply;
    }

    @SuppressWarnings("unchecked") // only gets are asked
    private static <R> PeerReply<List<ReadResult<R>>> answer() {
      Position position = new Position(Uuid.ZERO_UUID, 0, 0, 0);
      R nothing = (R) Optional.<Document>empty();
      return new PeerReply.Answered<>(List.of(new ReadResult.Answer<>(nothing, 0, position)), 0);
    }

    @Override
    public CompletableFuture<PeerReply<WriteResult>> submit(
        NodeEntry node, ShardWrite write, Duration timeout) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<PeerReply<List<ShardStatus>>> status(
        NodeEntry node, Duration timeout) {
      throw new UnsupportedOperationException();
    }

    int asked(NodeEntry node) {
      return asked.getOrDefault(node.node(), 0);
    }
  }

  private CompletableFuture<ReplicaCalls.Reply<Optional<Document>>> ask(
      NodeEntry first, NodeEntry second) {
    return calls.hedged(first, second, GET, TIMEOUT);
  }

  /** Four questions every millisecond, each at the cheaper node; gives how long each took. */
  private List<Long> load(int questions) {
    List<Long> took = new ArrayList<>();
    for (int i = 0; i < questions; i++) {
      boolean toB = calls.cost("b") <= calls.cost("c");
      long start = time.nanoTime();
      var unused =
          ask(toB ? B : C, toB ? C : B).thenAccept(reply -> took.add(time.nanoTime() - start));
      if (i % 4 == 3) {
        pass(1);
      }
    }
    return took;
  }

  private void pass(long millis) {
    time.runUntil(time.nanoTime() + millis * MILLI);
  }

  private static long quantile(List<Long> times, double share) {
    long[] sorted = times.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return sorted[(int) (share * (sorted.length - 1))];
  }

  private void warmUp() {
    nodes.delays.put("b", () -> MILLI);
    nodes.delays.put("c", () -> MILLI);
    load(2_000);
  }

  @Test
  void aNodeThatGetsSlowIsLeftAloneAndComesBack() {
    warmUp();
    assertThat(nodes.asked(B)).isGreaterThan(100);
    nodes.delays.put("b", () -> 100 * MILLI);
    load(3_600);
    int before = nodes.asked(B);
    List<Long> took = load(20_000);
    assertThat(quantile(took, 0.99)).isLessThan(5 * MILLI);
    assertThat(nodes.asked(B) - before).isBetween(1, 400); // but it is not forgotten

    nodes.delays.put("b", () -> MILLI);
    load(8_000);
    before = nodes.asked(B);
    load(1_000);
    assertThat(nodes.asked(B) - before).isGreaterThan(200);
  }

  @Test
  void anAnswerThatStallsIsOvertakenByAnotherReplica() {
    warmUp();
    nodes.delays.put("b", () -> 100 * MILLI);
    long start = time.nanoTime();
    var answer = ask(B, C);
    pass(1);
    assertThat(answer).isNotDone();
    pass(2);
    assertThat(answer.join().node()).isEqualTo(C);
    assertThat(time.nanoTime() - start).isLessThan(5 * MILLI);
    assertThat(nodes.takenBack).containsEntry("b", 1);
  }

  @Test
  void nobodyIsAskedTwiceBeforeItIsKnownWhatIsUsual() {
    nodes.delays.put("b", () -> 100 * MILLI);
    nodes.delays.put("c", () -> MILLI);
    var probed = calls.read(C, GET, TIMEOUT);
    pass(1);
    assertThat(probed).isDone();
    var answer = ask(B, C);
    pass(100);
    assertThat(answer.join().node()).isEqualTo(B);
    assertThat(nodes.asked(C)).isEqualTo(1);
  }

  @Test
  void fewAnswersThatStallCostFewSecondCallsAndManyNoMoreThanTheBudget() {
    warmUp();
    int[] n = {0};
    nodes.delays.put("b", () -> n[0]++ % 50 == 0 ? 100 * MILLI : MILLI);
    List<Long> took = new ArrayList<>();
    int before = nodes.asked(C);
    for (int i = 0; i < 5_000; i++) {
      long start = time.nanoTime();
      var unused = ask(B, C).thenAccept(reply -> took.add(time.nanoTime() - start));
      pass(1);
    }
    assertThat(quantile(took, 0.99)).isLessThan(5 * MILLI);
    assertThat(nodes.asked(C) - before).isBetween(90, 260);

    nodes.delays.put("b", () -> 10 * MILLI);
    before = nodes.asked(C);
    for (int i = 0; i < 5_000; i++) {
      var unused = ask(B, C);
      pass(1);
    }
    assertThat(nodes.asked(C) - before).isLessThan(270);
  }

  @Test
  void aFailureIsToldAndMakesTheNodeDear() {
    warmUp();
    nodes.delays.put("b", () -> -1);
    assertThat(ask(B, C).join().answer()).isInstanceOf(PeerReply.Lost.class);
    load(50);
    assertThat(calls.cost("b")).isGreaterThan(calls.cost("c"));
  }

  @Test
  void whoeverLeavesTakesBothCallsBack() {
    warmUp();
    nodes.delays.put("b", () -> 100 * MILLI);
    nodes.delays.put("c", () -> 100 * MILLI);
    var answer = ask(B, C);
    pass(5);
    answer.cancel(false);
    assertThat(nodes.takenBack).containsEntry("b", 1).containsEntry("c", 1);
  }
}
