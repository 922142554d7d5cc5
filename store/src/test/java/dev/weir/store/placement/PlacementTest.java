package dev.weir.store.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every plan, over random clusters. A failure names its seed. */
class PlacementTest {
  private static final int SEEDS = 120;
  private static final int STEPS = 12;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyPlanKeepsTheRuleAndEveryGoalIsReached(boolean strict) {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      List<Separation> levels = List.of(Separation.RACK, Separation.ZONE, Separation.REGION);
      Separation separation = levels.get(random.nextInt(levels.size()));
      SimulatedCluster cluster = cluster(new PlacementRule(strict, separation), random);
      for (int step = 0; step < STEPS; step++) {
        String when = "seed " + seed + " step " + step;
        PlacementPlan plan = Placement.of(cluster.request());
        assertThat(Placement.of(cluster.request())).as(when + ": any order").isEqualTo(plan);
        check(when, cluster, plan);
        cluster.follow(plan);
        if (random.nextBoolean()) {
          settle(when, cluster);
        } else {
          cluster.catchUp(false);
        }
        change(cluster, random);
      }
    }
  }

  private static SimulatedCluster cluster(PlacementRule rule, Random random) {
    SimulatedCluster cluster =
        new SimulatedCluster(1 + random.nextInt(40), 1 + random.nextInt(4), rule, random);
    for (int i = 0, count = 1 + random.nextInt(9); i < count; i++) {
      join(cluster, random);
    }
    return cluster;
  }

  private static void join(SimulatedCluster cluster, Random random) {
    List<String> parts = new ArrayList<>();
    parts.add("r" + random.nextInt(2));
    parts.add("z" + random.nextInt(2));
    parts.add("k" + random.nextInt(3));
    boolean said = random.nextInt(20) > 0;
    cluster.join(
        said ? Location.parse(String.join("/", parts)) : Location.UNSAID,
        random.nextInt(4) == 0 ? 1 + random.nextInt(4) : 2);
  }

  private static void change(SimulatedCluster cluster, Random random) {
    List<String> names = List.copyOf(cluster.nodes.keySet());
    switch (random.nextInt(6)) {
      case 0 -> join(cluster, random);
      case 1 -> cluster.comeBack();
      case 2 -> cluster.restart();
      case 3 -> {
        Location rack = cluster.nodes.get(names.get(random.nextInt(names.size()))).location;
        names.stream()
            .filter(n -> cluster.nodes.get(n).location.equals(rack) && cluster.nodes.size() > 1)
            .forEach(cluster::lose);
      }
      case 4 -> {
        if (names.size() > 1) {
          cluster.lose(names.get(random.nextInt(names.size())));
        }
      }
      default -> {
        // Nothing but time.
      }
    }
  }

  /** Once all copies have caught up, one more plan moves roles, and then nothing moves any more. */
  private static void settle(String when, SimulatedCluster cluster) {
    PlacementPlan plan = Placement.of(cluster.request());
    for (int turn = 0; !plan.pending().isEmpty(); turn++) {
      assertThat(turn).as(when + ": turns to settle").isLessThan(200);
      cluster.follow(plan);
      cluster.catchUp(true);
      plan = Placement.of(cluster.request());
      check(when + " settling", cluster, plan);
    }
    cluster.follow(plan);
    cluster.catchUp(true);
    PlacementPlan settled = Placement.of(cluster.request());
    assertThat(settled.shards()).as(when + ": stays").isEqualTo(plan.shards());
    cluster.restart();
    PlacementPlan restarted = Placement.of(cluster.request());
    for (int shard = 0; shard < cluster.shards; shard++) {
      assertThat(restarted.shards().get(shard).goal())
          .as(when + ": nothing is copied after a restart")
          .isEqualTo(plan.shards().get(shard).goal());
    }
    balanced(when, cluster, settled);
  }

  private static void check(String when, SimulatedCluster cluster, PlacementPlan plan) {
    Map<String, List<String>> places = places(cluster);
    long distinct = new HashSet<>(places.values()).size();
    int want = (int) Math.min(cluster.copies, distinct);
    int made = cluster.rule.strict() ? want : Math.min(cluster.copies, cluster.nodes.size());
    for (int shard = 0; shard < cluster.shards; shard++) {
      PlacementPlan.Shard copies = plan.shards().get(shard);
      String what = when + " shard " + shard;
      List<String> counted = new ArrayList<>(copies.standbys());
      counted.add(copies.active());
      assertThat(counted).as(what).doesNotHaveDuplicates().hasSize(made);
      assertThat(copies.warmUps()).as(what).noneMatch(counted::contains);
      assertThat(copies.goal()).as(what).hasSize(made).contains(copies.goalActive());
      assertThat(distinct(counted, places)).as(what + " counted").isGreaterThanOrEqualTo(want);
      assertThat(distinct(copies.goal(), places)).as(what + " goal").isGreaterThanOrEqualTo(want);
      assertThat(copies.missing()).as(what).isEqualTo(cluster.copies - made);
      assertThat(copies.misplaced()).as(what).isEqualTo(made - want);
      readiestIsActive(what, shard, cluster, copies);
    }
  }

  private static void readiestIsActive(
      String what, int shard, SimulatedCluster cluster, PlacementPlan.Shard copies) {
    boolean someoneIsReady =
        cluster.nodes.values().stream().anyMatch(n -> ready(n.state.get(shard)));
    if (someoneIsReady) {
      assertThat(ready(cluster.nodes.get(copies.active()).state.get(shard)))
          .as(what + ": the active has caught up")
          .isTrue();
    }
  }

  private static boolean ready(Candidate.State state) {
    return state != null && state.lag() <= SimulatedCluster.ACCEPTABLE;
  }

  private static int distinct(List<String> nodes, Map<String, List<String>> places) {
    Set<List<String>> seen = new HashSet<>();
    nodes.forEach(n -> seen.add(places.get(n)));
    return seen.size();
  }

  /** What the rule calls one place, said again from its definition. */
  private static Map<String, List<String>> places(SimulatedCluster cluster) {
    Map<String, List<String>> places = new TreeMap<>();
    boolean said =
        cluster.nodes.values().stream()
            .anyMatch(n -> !n.location.place(cluster.rule.separation()).isEmpty());
    cluster.nodes.forEach(
        (name, node) -> {
          List<String> place = node.location.place(cluster.rule.separation());
          boolean alone = place.isEmpty() && !(said && cluster.rule.strict());
          places.put(name, alone ? List.of("alone", name) : place);
        });
    return places;
  }

  /** Within one shard of each other, where the rule does not ask for more of some. */
  private static void balanced(String when, SimulatedCluster cluster, PlacementPlan plan) {
    boolean equal = cluster.nodes.values().stream().map(n -> n.capacity).distinct().count() == 1;
    Map<List<String>, Integer> sizes =
        new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    places(cluster).values().forEach(p -> sizes.merge(p, 1, Integer::sum));
    boolean even = new HashSet<>(sizes.values()).size() == 1;
    if (!equal) {
      return;
    }
    Map<String, Integer> actives = new TreeMap<>();
    Map<String, Integer> all = new TreeMap<>();
    cluster.nodes.keySet().forEach(n -> actives.put(n, 0));
    cluster.nodes.keySet().forEach(n -> all.put(n, 0));
    for (PlacementPlan.Shard shard : plan.shards()) {
      actives.merge(shard.active(), 1, Integer::sum);
      all.merge(shard.active(), 1, Integer::sum);
      shard.standbys().forEach(n -> all.merge(n, 1, Integer::sum));
    }
    assertThat(spread(actives)).as(when + ": actives " + actives).isLessThanOrEqualTo(1);
    if (even && cluster.rule.strict()) {
      assertThat(spread(all)).as(when + ": copies " + all).isLessThanOrEqualTo(1);
    }
  }

  private static int spread(Map<String, Integer> counts) {
    return Collections.max(counts.values()) - Collections.min(counts.values());
  }
}
