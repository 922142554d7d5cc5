package dev.weir.store.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.placement.PlacementReport.State;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlacementReviewTest {
  private static final PlacementRule STRICT = PlacementRule.STANDARD;
  private static final PlacementRule BEST_EFFORT = new PlacementRule(false, Separation.RACK);

  private static Placed node(String name, String rack, Map<Integer, Boolean> copies) {
    return new Placed(name, Location.parse(rack), copies);
  }

  private static PlacementReport.Shard review(int replicas, PlacementRule rule, Placed... nodes) {
    return PlacementReview.of(1, replicas, rule, List.of(nodes)).shards().get(0);
  }

  @Test
  void copiesInDifferentRacksArePlaced() {
    PlacementReport.Shard shard =
        review(2, STRICT, node("n2", "b", Map.of(0, false)), node("n1", "a", Map.of(0, true)));
    assertThat(shard.state()).isEqualTo(State.PLACED);
    assertThat(shard.copies()).extracting(PlacementReport.Copy::node).containsExactly("n1", "n2");
    assertThat(shard.why()).contains("different racks").contains("n1 holds 1");
    assertThat(shard.advice()).isEmpty();
  }

  @Test
  void oneCopyMoreIsAMove() {
    assertThat(
            review(
                    2,
                    STRICT,
                    node("n1", "a", Map.of(0, true)),
                    node("n2", "b", Map.of(0, false)),
                    node("n3", "a", Map.of(0, false)))
                .state())
        .isEqualTo(State.MOVING);
  }

  @Test
  void aCopyThatHasAPlaceIsBeingBuilt() {
    PlacementReport.Shard shard =
        review(2, STRICT, node("n1", "a", Map.of(0, true)), node("n2", "b", Map.of()));
    assertThat(shard.state()).isEqualTo(State.BUILDING);
    assertThat(shard.missing()).isEqualTo(1);
  }

  @Test
  void whereThereIsNoOtherRackAStrictRuleLacksACopy() {
    PlacementReport.Shard shard =
        review(2, STRICT, node("n1", "z/a", Map.of(0, true)), node("n2", "z/a", Map.of()));
    assertThat(shard.state()).isEqualTo(State.UNDER_REPLICATED);
    assertThat(shard.missing()).isEqualTo(1);
    assertThat(shard.why()).contains("only 1: z/a");
    assertThat(shard.advice()).contains("another rack").contains("best-effort");
  }

  @Test
  void andTheOtherKindHasTwoInOne() {
    PlacementReport report =
        PlacementReview.of(
            1,
            2,
            BEST_EFFORT,
            List.of(node("n1", "a", Map.of(0, true)), node("n2", "a", Map.of(0, false))));
    PlacementReport.Shard shard = report.shards().get(0);
    assertThat(shard.state()).isEqualTo(State.MISPLACED);
    assertThat(List.of(shard.missing(), shard.misplaced())).isEqualTo(List.of(0, 1));
    assertThat(List.of(report.underReplicated(), report.misplaced())).isEqualTo(List.of(0L, 1L));
  }

  @Test
  void tooFewNodesAndNoActiveAreSaid() {
    assertThat(review(3, BEST_EFFORT, node("n1", "", Map.of(0, true))).why())
        .contains("only 1 nodes");
    assertThat(review(1, STRICT, node("n1", "", Map.of(0, false))).state())
        .isEqualTo(State.NO_ACTIVE);
  }

  @Test
  void nodesThatDoNotSayWhereTheyStandAreNamed() {
    assertThat(
            review(
                    3,
                    STRICT,
                    node("n1", "a", Map.of(0, true)),
                    node("n2", "", Map.of(0, false)),
                    node("n3", "", Map.of()))
                .why())
        .contains("a, n2 (no rack said) + n3 (no rack said)");
  }
}
