package dev.weir.store.write;

import static dev.weir.store.write.EdgeWorld.bytes;
import static dev.weir.store.write.EdgeWorld.person;
import static dev.weir.store.write.EdgeWorld.place;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.Condition;
import dev.weir.store.DefinitionChange;
import dev.weir.store.GraphQuery;
import dev.weir.store.GraphQuery.Link;
import dev.weir.store.GraphQuery.Neighbours;
import dev.weir.store.GraphQuery.Side;
import dev.weir.store.Key;
import dev.weir.store.KeyRange;
import dev.weir.store.Operation;
import dev.weir.store.Operation.When;
import dev.weir.store.Outcome;
import dev.weir.store.Query;
import dev.weir.store.Version;
import dev.weir.store.read.ShardView;
import dev.weir.store.testing.MapState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EdgeFoldTest {
  private final EdgeWorld world = new EdgeWorld(3);

  @BeforeEach
  void define() {
    world.define();
    world.settle();
  }

  @Test
  void keepsAnEdgeAtBothEnds() {
    for (int to = 1; to <= 4; to++) {
      like(1, to, "{\"n\":" + to + "}");
    }
    like(2, 3, "{\"n\":23}");
    world.settle();

    assertThat(others("likes", Side.OUT, person(1)))
        .containsExactly(place(1), place(2), place(3), place(4));
    assertThat(others("likes", Side.IN, place(3))).containsExactly(person(1), person(2));
    assertThat(degree("likes", Side.OUT, person(1))).isEqualTo(4);
    assertThat(degree("likes", Side.IN, place(3))).isEqualTo(2);
    assertThat(degree("likes", Side.IN, place(9))).isZero();
    Link link = expand("likes", Side.IN, place(3), 9, null).links().get(1);
    assertThat(new String(link.value(), UTF_8)).isEqualTo("{\"n\":23}");
    assertThat(link.edge()).isEqualTo(likes(2, 3));
    world.audit().check("both ends", "likes", "calls");
  }

  @Test
  void replacesAndRemovesAnEdgeAtBothEnds() {
    assertThat(like(1, 1, "1")).isInstanceOfSatisfying(Outcome.Stored.class, s -> created(s, true));
    assertThat(like(1, 1, "2"))
        .isInstanceOfSatisfying(Outcome.Stored.class, s -> created(s, false));
    world.settle();
    assertThat(expand("likes", Side.IN, place(1), 9, null).links())
        .extracting(link -> new String(link.value(), UTF_8))
        .containsExactly("2");
    assertThat(degree("likes", Side.IN, place(1))).isEqualTo(1);

    assertThat(unlike(1, 1)).isEqualTo(new Outcome.Removed(true));
    assertThat(unlike(1, 1)).isEqualTo(new Outcome.Removed(false));
    world.settle();
    assertThat(others("likes", Side.IN, place(1))).isEmpty();
    assertThat(degree("likes", Side.IN, place(1))).isZero();
    world.audit().check("gone", "likes");
    world.expectReplayable();
  }

  @Test
  void keepsParallelEdgesAndLoops() {
    for (long id = 1; id <= 3; id++) {
      call(1, 1, id);
      call(1, 2, id);
    }
    world.settle();

    assertThat(degree("calls", Side.OUT, person(1))).isEqualTo(6);
    assertThat(degree("calls", Side.IN, person(1))).isEqualTo(3);
    assertThat(others("calls", Side.IN, person(1)))
        .containsExactly(person(1), person(1), person(1));
    world.audit().check("parallel", "calls");

    world.decided(new Operation.Put(world.id("person"), person(1), bytes("{}")));
    world.decided(new Operation.Delete(world.id("person"), person(1)));
    world.settle();
    assertThat(world.audit().documents("calls")).isEmpty();
    world.audit().check("loops", "calls");
  }

  @Test
  void pagesBehindAnEdge() {
    for (int from = 1; from <= 5; from++) {
      call(from, 9, 1);
      call(from, 9, 2);
    }
    world.settle();

    List<Key> met = new ArrayList<>();
    Key after = null;
    Neighbours page;
    do {
      page = expand("calls", Side.IN, person(9), 3, after);
      assertThat(page.links()).hasSizeLessThanOrEqualTo(3);
      page.links().forEach(link -> met.add(link.edge()));
      after = met.get(met.size() - 1);
    } while (page.more());
    assertThat(met).hasSize(10).doesNotHaveDuplicates();
    assertThat(expand("calls", Side.IN, person(9), 10, null).more()).isFalse();
    assertThat(expand("calls", Side.IN, person(9), 9, null).more()).isTrue();
  }

  @Test
  void answersManyVerticesInTheirOrder() {
    like(1, 1, "{}");
    like(1, 2, "{}");
    world.settle();
    int shard = world.shardOf(person(1));
    GraphQuery.Expand query =
        new GraphQuery.Expand(
            world.id("likes"),
            Side.OUT,
            List.of(person(1), person(7), person(1)),
            9,
            null,
            null,
            false);
    List<Neighbours> found = world.ask(shard, query);
    assertThat(found).extracting(n -> n.links().size()).containsExactly(2, 0, 2);
    assertThat(found.get(0).links()).allMatch(link -> link.value().length == 0);
  }

  @Test
  void refusesAKeyThatIsNoEdges() {
    Operation put = new Operation.Put(world.id("likes"), person(1), bytes("{}"));
    // Sent by hand: whoever knows the definition cannot even find its shard.
    MapState state = world.states.get(0);
    Fold fold = new Fold(0, 3, state, new dev.weir.store.Position(EdgeWorld.LOG, 0, 100_000, 0));
    LogRecord record = new LogRecord.Command(new LogRecord.CommandId(1, 1), put);
    fold.fold(new LogEntry(100_001, 0, 0, LogFormat.key(record), LogFormat.value(record, 0)));
    assertThat(fold.effects().drain().decisions().get(0).outcome())
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            r -> assertThat(r.reason()).isEqualTo(Outcome.Reason.INVALID_VALUE));
  }

  @Test
  void takesTheEdgesOfADeletedVertexAlong() {
    vertex(1);
    like(1, 1, "{}");
    call(1, 2, 1);
    call(2, 1, 1);
    call(2, 3, 1);
    world.settle();

    world.decided(new Operation.Delete(world.id("person"), person(1)));
    assertThat(others("likes", Side.OUT, person(1))).isEmpty();
    assertThat(others("calls", Side.IN, person(1))).isEmpty();
    world.settle();

    assertThat(world.audit().documents("likes")).isEmpty();
    assertThat(others("calls", Side.OUT, person(2))).containsExactly(person(3));
    world.audit().check("deleted", "likes", "calls");
    world.expectReplayable();
  }

  @Test
  void leavesAnEdgeThatWasWrittenAnewMeanwhile() {
    vertex(1);
    // From another shard, so that what crosses can be seen to cross.
    int from = 2;
    while (world.shardOf(person(from)) == world.shardOf(person(1))) {
      from++;
    }
    call(from, 1, 1);
    world.settle();
    world.decided(new Operation.Delete(world.id("person"), person(1)));
    call(from, 1, 1);
    world.settle();

    assertThat(others("calls", Side.OUT, person(from))).containsExactly(person(1));
    assertThat(others("calls", Side.IN, person(1))).containsExactly(person(from));
    world.audit().check("anew", "calls");
  }

  @Test
  void hidesTheEdgesOfASupernodeAtOnceAndRemovesThemInSteps() {
    vertex(1);
    int many = 2 * Continuations.STEP + 200;
    for (int i = 0; i < many; i++) {
      call(1, 2 + i % 5, i);
      call(2 + i % 5, 1, i);
    }
    world.settle();
    int shard = world.shardOf(person(1));
    world.decided(new Operation.Delete(world.id("person"), person(1)));

    Key one = world.edge("calls", person(1), person(2), 0L);
    assertThat(world.states.get(shard).get(StateKeys.document(world.id("calls"), one.bytes())))
        .isNotNull();
    assertThat(others("calls", Side.OUT, person(1))).isEmpty();
    assertThat(others("calls", Side.IN, person(1))).isEmpty();
    assertThat(degree("calls", Side.OUT, person(1))).isZero();
    assertThat(degree("calls", Side.IN, person(1))).isZero();
    assertThat(world.ask(shard, new Query.Get(world.id("calls"), one))).isEmpty();
    assertThat(scan(shard, Query.Order.ASC)).isEqualTo(scan(shard, Query.Order.DESC).reversed());
    assertThat(scan(shard, Query.Order.ASC).keys()).noneMatch(e -> from(e).equals(person(1)));
    long counted = world.ask(shard, new Query.Count(world.id("calls")));
    assertThat(scan(shard, Query.Order.ASC).keys()).hasSize((int) counted);

    // New ones, between the same ends and others, stay.
    When absent =
        new When(new Condition.Absent(), new Operation.Put(world.id("calls"), one, bytes("7")));
    assertThat(world.decided(absent)).isInstanceOf(Outcome.Stored.class);
    call(2, 1, 0);
    call(1, 1, 5);
    world.settle();
    assertThat(others("calls", Side.OUT, person(1))).containsExactly(person(1), person(2));
    assertThat(others("calls", Side.IN, person(1))).contains(person(1), person(2));
    world.audit().check("supernode", "calls");
    world.expectReplayable();
  }

  @Test
  void keepsWhatABatchWritesAlthoughItDeletesTheEnd() {
    vertex(1);
    call(1, 2, 1);
    world.settle();
    int calls = world.id("calls");
    Key old = world.edge("calls", person(1), person(2), 1L);
    Key now = world.edge("calls", person(1), person(2), 2L);
    Outcome outcome =
        world.decided(
            new Operation.Batch(
                List.of(
                    new When(Condition.NONE, new Operation.Put(calls, now, bytes("2"))),
                    new When(Condition.NONE, new Operation.Delete(calls, old)),
                    new When(
                        Condition.NONE, new Operation.Delete(world.id("person"), person(1))))));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Batched.class,
            b -> assertThat(b.outcomes().subList(1, 3)).containsOnly(new Outcome.Removed(true)));
    world.settle();
    assertThat(world.audit().documents("calls").keySet()).containsExactly(now);
    world.audit().check("batch", "calls");
  }

  @Test
  void leavesNothingOfADroppedEdgeType() {
    vertex(1);
    for (int i = 0; i < 30; i++) {
      call(1, i, i);
      call(i, 1, i);
      like(i, 1, "{}");
    }
    int calls = world.id("calls");
    // What is on its way when the type goes must not come back.
    world.define(List.of(new DefinitionChange.DropCollection("calls")));
    world.settle();

    for (MapState state : world.states) {
      assertThat(state.keys(StateKeys.documents(calls), 9)).isEmpty();
      assertThat(state.keys(StateKeys.incoming(calls), 9)).isEmpty();
      assertThat(state.keys(StateKeys.degrees(calls), 9)).isEmpty();
    }
    world.audit().check("dropped", "likes");
    world.expectReplayable();
  }

  @Test
  void takesAnEdgeBeforeItsTypeIsKnown() {
    EdgeWorld late = new EdgeWorld(2);
    late.define();
    while (late.fold(0)) {
      // the definitions are known in shard 0 only
    }
    int from = 0;
    while (late.shardOf(person(from)) != 0) {
      from++;
    }
    int to = 0;
    while (late.shardOf(person(to)) != 1) {
      to++;
    }
    Key edge = late.edge("calls", person(from), person(to), 1L);
    Operation.LinkIn link =
        new Operation.LinkIn(
            late.id("calls"),
            late.keys("calls").reversed(edge),
            late.keys("calls").inPrefix(person(to)).length,
            new Version(0, 5),
            bytes("{}"));
    MapState state = new MapState();
    Fold fold = new Fold(1, 2, state, dev.weir.store.Position.start(EdgeWorld.LOG, 0));
    LogRecord record = new LogRecord.Emitted(0, 1, link);
    fold.fold(new LogEntry(0, 0, 9, LogFormat.key(record), LogFormat.value(record, 0)));
    assertThat(fold.effects().drain().refused()).isZero();

    ShardView view = state.view(late::catalogue, fold::position);
    Query<List<Long>> query =
        new GraphQuery.Degrees(late.id("calls"), Side.IN, List.of(person(to)));
    assertThat(dev.weir.store.read.LocalReader.evaluate(view, 1, query))
        .isInstanceOfSatisfying(
            dev.weir.store.ReadResult.Answer.class,
            answer -> assertThat(answer.value()).isEqualTo(List.of(1L)));
  }

  private record Scanned(List<Key> keys) {
    Scanned reversed() {
      List<Key> other = new ArrayList<>(keys);
      java.util.Collections.reverse(other);
      return new Scanned(other);
    }
  }

  private Scanned scan(int shard, Query.Order order) {
    List<Key> keys = new ArrayList<>();
    KeyRange range = KeyRange.all();
    Query.Page page;
    do {
      page = world.ask(shard, new Query.Scan(world.id("calls"), range, order, 700));
      page.documents().forEach(document -> keys.add(document.key()));
      Key last = keys.isEmpty() ? null : keys.get(keys.size() - 1);
      if (last != null) {
        range = order == Query.Order.ASC ? range.after(last) : range.before(last);
      }
    } while (page.more());
    return new Scanned(keys);
  }

  private Key from(Key call) {
    return world.keys("calls").from(call);
  }

  private void vertex(int number) {
    world.decided(new Operation.Put(world.id("person"), person(number), bytes("{}")));
  }

  private Outcome like(int from, long to, String value) {
    return world.decided(new Operation.Put(world.id("likes"), likes(from, to), bytes(value)));
  }

  private Outcome unlike(int from, long to) {
    return world.decided(new Operation.Delete(world.id("likes"), likes(from, to)));
  }

  private Outcome call(int from, int to, long id) {
    Key edge = world.edge("calls", person(from), person(to), id);
    return world.decided(new Operation.Put(world.id("calls"), edge, bytes("{}")));
  }

  private Key likes(int from, long to) {
    return world.edge("likes", person(from), place(to), null);
  }

  private List<Key> others(String type, Side side, Key vertex) {
    return expand(type, side, vertex, 100_000, null).links().stream().map(Link::other).toList();
  }

  private Neighbours expand(String type, Side side, Key vertex, int limit, @Nullable Key after) {
    return world
        .ask(
            world.shardOf(vertex),
            new GraphQuery.Expand(world.id(type), side, List.of(vertex), limit, after, null, true))
        .get(0);
  }

  private long degree(String type, Side side, Key vertex) {
    return world
        .ask(world.shardOf(vertex), new GraphQuery.Degrees(world.id(type), side, List.of(vertex)))
        .get(0);
  }

  private static void created(Outcome.Stored stored, boolean expected) {
    assertThat(stored.created()).isEqualTo(expected);
    assertThat(Optional.of(stored.version())).isPresent();
  }
}
