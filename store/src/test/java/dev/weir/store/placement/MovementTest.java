package dev.weir.store.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How many copies are made beside how many have to be. */
class MovementTest {
  private static final PlacementRule STRICT = PlacementRule.STANDARD;

  /** Nodes come, go, and come back, one at a time, in clusters of some size. */
  @Test
  void fewCopiesAreMadeBeyondWhatAnyBalancedPlacementNeeds() {
    long made = 0;
    long needed = 0;
    int exact = 0;
    int changes = 0;
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      SimulatedCluster cluster =
          new SimulatedCluster(60 + random.nextInt(240), 1 + random.nextInt(3), STRICT, random);
      int racks = 2 + random.nextInt(4);
      for (int i = 0, count = 6 + random.nextInt(20); i < count; i++) {
        cluster.join(Location.parse("k" + i % racks), 2);
      }
      settle(cluster);
      for (int step = 0; step < 6; step++) {
        List<String> names = List.copyOf(cluster.nodes.keySet());
        switch (random.nextInt(3)) {
          case 0 -> cluster.join(Location.parse("k" + random.nextInt(racks)), 2);
          case 1 -> cluster.comeBack();
          default -> cluster.lose(names.get(random.nextInt(names.size())));
        }
        PlacementRequest request = cluster.request();
        int copies = made(request, Placement.of(request));
        int atLeast = wanted(request) - MostKept.of(request);
        assertThat(copies).as("seed %s step %s", seed, step).isGreaterThanOrEqualTo(atLeast);
        made += copies;
        needed += atLeast;
        exact += copies == atLeast ? 1 : 0;
        changes++;
        settle(cluster);
      }
    }
    assertThat(exact).as("of %s changes", changes).isGreaterThan(changes * 3 / 4);
    assertThat(made).as("%s needed", needed).isLessThanOrEqualTo(needed + needed / 15);
  }

  /** Every placement of a few shards on a few nodes is tried. */
  @Test
  void smallPlansAreAsGoodAsTheBestOfAll() {
    int worse = 0;
    int tried = 0;
    for (int seed = 0; seed < 1500; seed++) {
      Random random = new Random(seed);
      SimulatedCluster cluster =
          new SimulatedCluster(1 + random.nextInt(4), 1 + random.nextInt(2), STRICT, random);
      for (int i = 0, count = 2 + random.nextInt(3); i < count; i++) {
        cluster.join(Location.parse("k" + random.nextInt(3)), 2);
      }
      scatter(cluster, random);
      PlacementRequest request = cluster.request();
      PlacementPlan plan = Placement.of(request);
      long[] best = best(request);
      assertThat(squares(plan)).as("balance, seed %s", seed).isEqualTo(best[0]);
      assertThat((long) made(request, plan)).as("seed %s", seed).isGreaterThanOrEqualTo(best[1]);
      worse += made(request, plan) > best[1] ? 1 : 0;
      tried++;
    }
    assertThat(worse).as("of %s", tried).isLessThanOrEqualTo(tried / 100);
  }

  private static void scatter(SimulatedCluster cluster, Random random) {
    for (SimulatedCluster.Node node : cluster.nodes.values()) {
      for (int shard = 0; shard < cluster.shards; shard++) {
        if (random.nextInt(3) == 0) {
          node.state.put(shard, new Candidate.State(false, 0));
        }
      }
    }
  }

  private static void settle(SimulatedCluster cluster) {
    for (int turn = 0; turn < 100; turn++) {
      PlacementPlan plan = Placement.of(cluster.request());
      cluster.follow(plan);
      cluster.catchUp(true);
      if (plan.pending().isEmpty()) {
        return;
      }
    }
  }

  private static int wanted(PlacementRequest request) {
    return request.shards() * CopySets.distinct(new Ground(request));
  }

  /** Copies of the goal on nodes that have nothing of the shard. */
  private static int made(PlacementRequest request, PlacementPlan plan) {
    Map<String, Candidate> nodes = new TreeMap<>();
    request.nodes().forEach(n -> nodes.put(n.node(), n));
    int made = 0;
    for (int shard = 0; shard < request.shards(); shard++) {
      for (String node : plan.shards().get(shard).goal()) {
        made += nodes.get(node).state().containsKey(shard) ? 0 : 1;
      }
    }
    return made;
  }

  private static long squares(PlacementPlan plan) {
    Map<String, Integer> loads = new TreeMap<>();
    plan.shards().forEach(s -> s.goal().forEach(n -> loads.merge(n, 1, Integer::sum)));
    return loads.values().stream().mapToLong(l -> (long) l * l).sum();
  }

  /** The least sum of squared loads, and the fewest copies that reach it. */
  private static long[] best(PlacementRequest request) {
    Ground ground = new Ground(request);
    List<List<Integer>> sets = new ArrayList<>();
    subsets(ground, 0, new ArrayList<>(), sets);
    long[] best = {Long.MAX_VALUE, Long.MAX_VALUE};
    search(ground, sets, 0, new int[ground.size()], 0, best);
    return best;
  }

  private static void subsets(
      Ground ground, int next, List<Integer> chosen, List<List<Integer>> sets) {
    if (chosen.size() == CopySets.distinct(ground)) {
      Set<Integer> places = new HashSet<>();
      chosen.forEach(n -> places.add(ground.places.of(n)));
      if (places.size() == chosen.size()) {
        sets.add(List.copyOf(chosen));
      }
      return;
    }
    for (int node = next; node < ground.size(); node++) {
      chosen.add(node);
      subsets(ground, node + 1, chosen, sets);
      chosen.remove((Integer) node);
    }
  }

  private static void search(
      Ground ground, List<List<Integer>> sets, int shard, int[] loads, long made, long[] best) {
    if (shard == ground.shards()) {
      long squares = 0;
      for (int load : loads) {
        squares += (long) load * load;
      }
      if (squares < best[0] || (squares == best[0] && made < best[1])) {
        best[0] = squares;
        best[1] = made;
      }
      return;
    }
    for (List<Integer> set : sets) {
      long copies = made;
      for (int node : set) {
        loads[node]++;
        copies += ground.holds(shard, node) ? 0 : 1;
      }
      search(ground, sets, shard + 1, loads, copies, best);
      for (int node : set) {
        loads[node]--;
      }
    }
  }
}
