package dev.weir.query.truncation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.Arriving;
import dev.weir.query.ClusterView;
import dev.weir.store.Position;
import dev.weir.store.Role;
import dev.weir.store.ShardStatus;
import dev.weir.store.routing.HeldShard;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.routing.RoutingTable;
import dev.weir.store.truncation.ReplicaPosition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class ClusterReplicasTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private final SteppedClock clock = new SteppedClock();
  private ClusterView view = view();
  private final Absences absences = new Absences(table(Set.of()), Duration.ofMinutes(10), clock);
  private final ClusterReplicas replicas =
      new ClusterReplicas(
          () -> CompletableFuture.completedFuture(view), absences, Duration.ofMinutes(10), clock);

  @Test
  void nodesThatAnswerAreTakenAtTheirWord() {
    view = view(node("n1", true, Role.ACTIVE, 70), node("n2", true, Role.STANDBY, 60));
    assertThat(replicas.look().get(0))
        .containsExactlyInAnyOrder(
            new ReplicaPosition("n1", 70, true, START),
            new ReplicaPosition("n2", 60, false, START));
  }

  @Test
  void oneThatIsGoneIsRememberedForAWhileAndIsNoActiveMeanwhile() {
    view = view(node("n1", true, Role.ACTIVE, 70), node("n2", true, Role.STANDBY, 60));
    replicas.look();
    clock.now = START.plusSeconds(60);
    view = view(node("n2", true, Role.STANDBY, 65));
    assertThat(replicas.look().get(0))
        .containsExactlyInAnyOrder(
            new ReplicaPosition("n1", 70, false, START),
            new ReplicaPosition("n2", 65, false, clock.now));
    clock.now = START.plusSeconds(601);
    assertThat(replicas.look().get(0))
        .containsExactly(new ReplicaPosition("n2", 65, false, clock.now));
  }

  @Test
  void oneThatHasLeftOfItsOwnAccordIsNotWaitedForUntilItIsBack() {
    view = view(node("n1", true, Role.ACTIVE, 70), node("n2", true, Role.STANDBY, 60));
    replicas.look();
    clock.now = START.plusSeconds(60);
    view = view(node("n1", true, Role.ACTIVE, 90));
    absences.changed(table(Set.of("n2")));
    assertThat(replicas.look().get(0))
        .containsExactly(new ReplicaPosition("n1", 90, true, clock.now));
    absences.changed(table(Set.of()));
    view = view(node("n1", true, Role.ACTIVE, 95), node("n2", true, Role.STANDBY, 60));
    assertThat(replicas.look().get(0))
        .contains(new ReplicaPosition("n2", 60, false, clock.now))
        .hasSize(2);
  }

  @Test
  void whoMakesItsFirstPassWaitsForThoseThatWereEvictedBefore() {
    absences.changed(table(Set.of(), announced("n1", 80), announced("n2", 60)));
    absences.changed(table(Set.of(), announced("n1", 80)));
    clock.now = START.plusSeconds(60);
    view = view(node("n1", true, Role.ACTIVE, 90));
    assertThat(replicas.look().get(0))
        .containsExactlyInAnyOrder(
            new ReplicaPosition("n1", 90, true, clock.now),
            new ReplicaPosition("n2", 60, false, START));
    clock.now = START.plusSeconds(601);
    assertThat(replicas.look().get(0))
        .containsExactly(new ReplicaPosition("n1", 90, true, clock.now));
  }

  @Test
  void whatWasAnnouncedLaterThanItWasSaidCounts() {
    view = view(node("n1", true, Role.ACTIVE, 70), node("n2", true, Role.STANDBY, 60));
    replicas.look();
    absences.changed(table(Set.of(), announced("n2", 65)));
    clock.now = START.plusSeconds(590);
    absences.changed(table(Set.of()));
    view = view(node("n1", true, Role.ACTIVE, 90));
    clock.now = START.plusSeconds(700);
    assertThat(replicas.look().get(0))
        .contains(new ReplicaPosition("n2", 65, false, START.plusSeconds(590)));
  }

  @Test
  void oneThatIsBackOrHasSaidThatItLeavesIsNotMissed() {
    absences.changed(table(Set.of(), announced("n2", 60), announced("n3", 60)));
    absences.changed(table(Set.of()));
    assertThat(absences.missing()).containsOnlyKeys("n2", "n3");
    absences.changed(table(Set.of("n3"), announced("n2", 60)));
    assertThat(absences.missing()).isEmpty();
    absences.changed(table(Set.of("n2", "n3")));
    assertThat(absences.missing()).isEmpty();
  }

  private static RoutingTable table(Set<String> departed, NodeEntry... nodes) {
    TreeMap<String, NodeEntry> entries = new TreeMap<>();
    for (NodeEntry node : nodes) {
      entries.put(node.node(), node);
    }
    return new RoutingTable(1, entries, Map.of(), departed);
  }

  private static NodeEntry announced(String node, long offset) {
    return new NodeEntry(
        node,
        1,
        0,
        "",
        node + ":1",
        "",
        1,
        "",
        List.of(new HeldShard(0, Role.STANDBY, true, offset, 1)));
  }

  @Test
  void oneThatDoesNotAnswerIsHeldToItsLastAnswer() {
    view = view(node("n1", true, Role.ACTIVE, 70));
    replicas.look();
    clock.now = START.plusSeconds(5);
    view = view(node("n1", false, Role.ACTIVE, -1));
    assertThat(replicas.look().get(0)).containsExactly(new ReplicaPosition("n1", 70, false, START));
  }

  @Test
  void aShardThatItsNodeClosesForAMomentIsWaitedForAsWell() {
    view = view(node("n1", true, Role.ACTIVE, 70), node("n2", true, Role.STANDBY, 60));
    replicas.look();
    clock.now = START.plusSeconds(5);
    view = view(node("n1", true, Role.ACTIVE, 90), holding("n2"));
    assertThat(replicas.look().get(0))
        .containsExactlyInAnyOrder(
            new ReplicaPosition("n1", 90, true, clock.now),
            new ReplicaPosition("n2", 60, false, START));
    clock.now = START.plusSeconds(10);
    view = view(node("n1", true, Role.ACTIVE, 95), node("n2", true, Role.STANDBY, 80));
    assertThat(replicas.look().get(0))
        .containsExactlyInAnyOrder(
            new ReplicaPosition("n1", 95, true, clock.now),
            new ReplicaPosition("n2", 80, false, clock.now));
  }

  @Test
  void aStateOnItsWayCountsFromWhereItEnds() {
    ClusterView.Node fetches =
        new ClusterView.Node(
            "n3",
            "http://n3",
            "",
            1,
            "",
            true,
            List.of(),
            List.of(
                new Arriving(0, "node n1", 9, 5, 1, "fetching", 55),
                new Arriving(1, "", 0, 0, 0, "it waits for its turn", -1)));
    view = view(node("n1", true, Role.ACTIVE, 70), fetches);
    assertThat(replicas.look().get(0))
        .containsExactlyInAnyOrder(
            new ReplicaPosition("n1", 70, true, START),
            new ReplicaPosition("n3", 55, false, START));
    assertThat(replicas.look()).containsOnlyKeys(0);
  }

  @Test
  void oneThatHasNeverAnsweredHoldsWhatItAnnounced() {
    view = view(node("n1", false, Role.ACTIVE, 40));
    assertThat(replicas.look().get(0)).containsExactly(new ReplicaPosition("n1", 40, false, START));
  }

  private static ClusterView.Node node(String id, boolean live, Role role, long offset) {
    Position position = new Position(new Uuid(1, 2), 0, offset, 0);
    ShardStatus shard = new ShardStatus(0, role, true, position, -1, 1, 0, null);
    return new ClusterView.Node(id, "http://" + id, "", 1, "", live, List.of(shard));
  }

  private static ClusterView.Node holding(String id) {
    return new ClusterView.Node(id, "http://" + id, "", 1, "", true, List.of());
  }

  private static ClusterView view(ClusterView.Node... nodes) {
    return new ClusterView("app", "log", 0, 1, List.of(nodes));
  }

  private static final class SteppedClock extends Clock {
    private Instant now = START;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
