package dev.weir.store.write;

import static dev.weir.store.write.EdgeWorld.bytes;
import static dev.weir.store.write.EdgeWorld.person;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.GraphQuery;
import dev.weir.store.GraphQuery.Miscount;
import dev.weir.store.GraphQuery.Side;
import dev.weir.store.GraphQuery.Tallied;
import dev.weir.store.GraphQuery.Trace;
import dev.weir.store.Key;
import dev.weir.store.Operation;
import dev.weir.store.testing.MapState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the check of a graph is made of: sums that agree exactly if the sides do. */
class EdgeTallyTest {
  private final EdgeWorld world = new EdgeWorld(3);

  @BeforeEach
  void fill() {
    world.define();
    world.settle();
    Random random = new Random(1);
    for (int i = 0; i < 400; i++) {
      Key edge =
          world.edge(
              "calls",
              person(random.nextInt(20)),
              person(random.nextInt(20)),
              (long) random.nextInt(3));
      world.decided(new Operation.Put(world.id("calls"), edge, bytes("{\"i\":" + i + "}")));
    }
    world.settle();
  }

  @Test
  void bothSidesAddUpToTheSameWhateverTheSizeOfThePages() {
    Side other = Side.IN;
    Total out = total(Side.OUT, 1_000_000, -1);
    assertThat(out.edges).isGreaterThan(100);
    for (int limit : new int[] {1, 7, 1000}) {
      assertThat(total(Side.OUT, limit, -1)).isEqualTo(out);
      assertThat(total(other, limit, -1)).isEqualTo(out);
    }
    assertThat(out.miscounts).isEmpty();
  }

  @Test
  void namesTheEdgesOfABucketAlikeOnBothSides() {
    List<Trace> all = new ArrayList<>();
    for (int bucket = 0; bucket < GraphQuery.Tally.BUCKETS; bucket++) {
      List<Trace> out = total(Side.OUT, 10, bucket).traces;
      assertThat(total(Side.IN, 10, bucket).traces).containsExactlyInAnyOrderElementsOf(out);
      all.addAll(out);
    }
    assertThat(all).hasSize((int) total(Side.OUT, 10, -1).edges);
  }

  @Test
  void seesWhatIsHiddenAsGone() {
    int calls = world.id("calls");
    world.decided(new Operation.Put(world.id("person"), person(1), bytes("{}")));
    for (long i = 0; i < 1500; i++) {
      Key edge = world.edge("calls", person(1), person((int) (i % 20)), 10 + i);
      world.command(new Operation.Put(calls, edge, bytes("{}")));
    }
    world.settle();
    world.decided(new Operation.Delete(world.id("person"), person(1)));
    assertThat(total(Side.OUT, 100, -1).miscounts).isEmpty();
    assertThat(world.states.get(world.shardOf(person(1))).keys(StateKeys.hidden(), 9)).isNotEmpty();
    world.settle();
    assertThat(total(Side.IN, 100, -1)).isEqualTo(total(Side.OUT, 100, -1));
  }

  @Test
  void findsEveryKindOfDamage() {
    Total sound = total(Side.IN, 50, -1);
    MapState state = world.states.get(0);
    byte[] entry = state.keys(StateKeys.incoming(world.id("calls")), 1).get(0);
    byte[] stored = state.get(entry);

    byte[] other = stored.clone();
    other[other.length - 2] ^= 1;
    state.put(entry, other);
    assertThat(total(Side.IN, 50, -1).sums).isNotEqualTo(sound.sums);
    state.delete(entry);
    Total lacking = total(Side.IN, 50, -1);
    assertThat(lacking.sums).isNotEqualTo(sound.sums);
    assertThat(lacking.miscounts).hasSize(1);
    state.put(entry, stored);
    assertThat(total(Side.IN, 50, -1)).isEqualTo(sound);

    for (Side side : Side.values()) {
      byte[] prefix = StateKeys.degree(world.id("calls"), side, new byte[0]);
      byte[] degree = state.keys(prefix, 1).get(0);
      byte[] right = state.get(degree);
      state.put(degree, StateValues.number(77));
      assertThat(total(side, 50, -1).miscounts).extracting(Miscount::degree).containsExactly(77L);
      state.delete(degree);
      assertThat(total(side, 50, -1).miscounts).extracting(Miscount::degree).containsExactly(0L);
      state.put(degree, right);
      byte[] beyond = Arrays.copyOf(prefix, prefix.length + 2);
      beyond[prefix.length] = (byte) 0xff;
      state.put(beyond, right);
      assertThat(total(side, 50, -1).miscounts).extracting(Miscount::edges).containsExactly(0L);
      state.delete(beyond);
    }
  }

  private record Total(long edges, List<Long> sums, List<Trace> traces, List<Miscount> miscounts) {}

  private Total total(Side side, int limit, int bucket) {
    long edges = 0;
    long[] sums = new long[GraphQuery.Tally.BUCKETS];
    List<Trace> traces = new ArrayList<>();
    List<Miscount> miscounts = new ArrayList<>();
    for (int shard = 0; shard < world.count; shard++) {
      Key after = null;
      do {
        Tallied page =
            world.ask(
                shard, new GraphQuery.Tally(world.id("calls"), shard, side, after, bucket, limit));
        edges += page.edges();
        Arrays.setAll(sums, i -> sums[i] + page.sums().get(i));
        traces.addAll(page.traces());
        miscounts.addAll(page.miscounts());
        after = page.next();
      } while (after != null);
    }
    return new Total(edges, Arrays.stream(sums).boxed().toList(), traces, miscounts);
  }
}
