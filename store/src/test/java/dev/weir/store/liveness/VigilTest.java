package dev.weir.store.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.liveness.PeerProbe.Echo;
import dev.weir.store.routing.NodeEntry;
import dev.weir.store.routing.Standing;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class VigilTest {
  private static final LivenessSettings SETTINGS = LivenessSettings.standard();
  private static final long TICK = SETTINGS.tick().toNanos();
  private static final NodeEntry A = node("a", 1);
  private static final NodeEntry B = node("b", 1);
  private static final NodeEntry C = node("c", 1);

  private final Vigil vigil = new Vigil(SETTINGS, "a");
  private long now = 1_000_000;

  @Test
  void twoRefusalsAndASecondObserverEvict() {
    hear(table(A, B, C));
    refused(table(A, B, C), C);
    assertThat(vigil.sight("c", 1, now)).isEqualTo(Sight.UNSURE);
    refused(table(A, B, C), C);
    assertThat(vigil.sight("c", 1, now)).isEqualTo(Sight.MISSED);

    assertThat(tick(table(A, B, C))).contains(new Step.Ask(B, C)).doesNotContain(new Step.Evict(C));
    assertThat(vigil.testimony(B, C, Sight.UNSURE, now)).isEmpty();
    assertThat(vigil.testimony(B, C, Sight.MISSED, now)).containsExactly(new Step.Evict(C));
    assertThat(vigil.testimony(B, C, Sight.MISSED, now)).as("once").isEmpty();
  }

  @Test
  void nobodyIsEvictedWhomAnyNodeSees() {
    NodeEntry d = node("d", 1);
    SortedMap<String, NodeEntry> table = table(A, B, C, d);
    miss(table, d);
    assertThat(vigil.testimony(B, d, Sight.SEEN, now)).isEmpty();
    assertThat(vigil.testimony(C, d, Sight.MISSED, now)).isEmpty();
    assertThat(vigil.testimony(B, d, Sight.MISSED, now)).containsExactly(new Step.Evict(d));
  }

  @Test
  void oneObserverIsEnoughForTwoNodesOnly() {
    miss(table(A, B), B);
    assertThat(tick(table(A, B))).contains(new Step.Evict(B));

    Vigil alone = new Vigil(SETTINGS, "a");
    assertThat(alone.tick(table(A, B, C), now)).hasSize(2);
    alone.echo(B, Echo.HEARD, now);
    alone.echo(C, Echo.HEARD, now);
    for (int i = 0; i < 50; i++) {
      now += TICK;
      assertThat(alone.tick(table(A, B, C), now)).noneMatch(Step.Evict.class::isInstance);
      alone.echo(B, Echo.REFUSED, now);
      alone.echo(C, Echo.REFUSED, now);
    }
  }

  @Test
  void silenceTakesLongerAndCountsFromTheLastAnswer() {
    hear(table(A, B));
    long heard = now;
    while (now + TICK - heard <= SETTINGS.silence().toNanos()) {
      tick(table(A, B));
      vigil.echo(B, Echo.SILENCE, now);
      assertThat(vigil.sight("b", 1, now)).isEqualTo(Sight.SEEN);
    }
    assertThat(tick(table(A, B))).contains(new Step.Evict(B));
  }

  @Test
  void whoWasAsleepItselfAccusesNobody() {
    hear(table(A, B));
    now += Duration.ofSeconds(20).toNanos();
    assertThat(vigil.tick(table(A, B), now)).noneMatch(Step.Evict.class::isInstance);
    assertThat(vigil.sight("b", 1, now)).isEqualTo(Sight.SEEN);
  }

  @Test
  void whoWasNeverHeardIsNeverMissed() {
    for (int i = 0; i < 50; i++) {
      assertThat(tick(table(A, B))).noneMatch(Step.Evict.class::isInstance);
      vigil.echo(B, Echo.REFUSED, now);
    }
    NodeEntry restarted = node("b", 2);
    hear(table(A, B));
    miss(table(A, B), B);
    assertThat(tick(table(A, restarted))).noneMatch(Step.Evict.class::isInstance);
    vigil.echo(B, Echo.HEARD, now);
    assertThat(vigil.sight("b", 2, now))
        .as("an answer to the last session")
        .isEqualTo(Sight.UNSURE);
  }

  @Test
  void anAnnouncedPauseIsWaitedFor() {
    NodeEntry stopping =
        B.standing(new Standing(List.of("b-1"), Duration.ZERO).away(Duration.ofSeconds(6)));
    hear(table(A, B));
    long until = now + TICK + Duration.ofSeconds(6).toNanos();
    while (now + TICK < until) {
      assertThat(tick(table(A, stopping))).noneMatch(Step.Evict.class::isInstance);
      vigil.echo(stopping, Echo.REFUSED, now);
    }
    assertThat(tick(table(A, stopping))).contains(new Step.Evict(stopping));
  }

  @Test
  void theNextSurvivorStepsInAndTheFirstOneTriesAgain() {
    Vigil second = new Vigil(SETTINGS, "b");
    SortedMap<String, NodeEntry> table = table(A, B, C);
    second.tick(table, now);
    second.echo(A, Echo.HEARD, now);
    second.echo(C, Echo.HEARD, now);
    for (int i = 0; i < SETTINGS.refusals(); i++) {
      now += TICK;
      second.tick(table, now);
      second.echo(A, Echo.HEARD, now);
      second.echo(C, Echo.REFUSED, now);
    }
    now += TICK;
    second.tick(table, now);
    long proved = now;
    assertThat(second.testimony(A, C, Sight.MISSED, now)).isEmpty();
    now = proved + TICK;
    second.tick(table, now);
    assertThat(second.testimony(A, C, Sight.MISSED, now)).as("the first one's turn").isEmpty();
    now = proved + 2 * TICK;
    second.tick(table, now);
    assertThat(second.testimony(A, C, Sight.MISSED, now)).isEmpty();
    now = proved + SETTINGS.backup().toNanos();
    assertThat(second.tick(table, now)).contains(new Step.Evict(C));
    second.evicted(C, false, now);
    assertThat(second.testimony(A, C, Sight.MISSED, now)).as("a new inquest").isEmpty();
  }

  @Test
  void anOldTestimonyIsNone() {
    miss(table(A, B, C), C);
    vigil.echo(B, Echo.HEARD, now);
    assertThat(vigil.testimony(B, C, Sight.UNSURE, now)).isEmpty();
    Inquest inquest = new Inquest(SETTINGS, "a");
    inquest.heard("b", Sight.MISSED, now);
    assertThat(inquest.due(3, List.of("a", "b"), now + 2 * TICK)).isTrue();
    assertThat(inquest.due(3, List.of("a", "b"), now + 2 * TICK + 1)).isFalse();
  }

  @Test
  void whoComesBackAfterAnEvictionMustBeHeardBeforeItIsMissedAgain() {
    miss(table(A, B), B);
    assertThat(tick(table(A, B))).contains(new Step.Evict(B));
    vigil.evicted(B, true, now);
    for (int i = 0; i < 50; i++) {
      assertThat(tick(table(A, B))).noneMatch(Step.Evict.class::isInstance);
      vigil.echo(B, Echo.REFUSED, now);
    }
  }

  @Test
  void whoIsSilentForLongIsForgottenByTheFirstOfTheOthers() {
    Vigil second = new Vigil(SETTINGS, "b");
    boolean forgotten = false;
    long start = now;
    while (now - start < SETTINGS.loss().plusSeconds(1).toNanos()) {
      forgotten |= tick(table(A, B, C)).contains(new Step.Forget(C));
      assertThat(second.tick(table(A, B, C), now)).noneMatch(Step.Forget.class::isInstance);
      vigil.echo(B, Echo.HEARD, now);
      vigil.echo(C, Echo.SILENCE, now);
      second.echo(A, Echo.HEARD, now);
      assertThat(forgotten).isEqualTo(now - start > SETTINGS.loss().toNanos() + TICK);
    }
  }

  @Test
  void everyNodeOfALargeApplicationIsWatchedBySome() {
    SortedMap<String, NodeEntry> table = new TreeMap<>();
    for (int i = 10; i < 60; i++) {
      table.put("n" + i, node("n" + i, 1));
    }
    for (String node : table.keySet()) {
      List<String> watchers = Watchers.of(node, new TreeSet<>(table.keySet()), SETTINGS.watchers());
      assertThat(watchers).hasSize(SETTINGS.watchers()).doesNotContain(node).isSorted();
      Vigil one = new Vigil(SETTINGS, node);
      assertThat(one.tick(table, 1)).hasSize(SETTINGS.watchers());
    }
    assertThat(Watchers.of("n10", new TreeSet<>(table.keySet()), 2)).containsExactly("n58", "n59");
  }

  /** Everybody has answered once. */
  private void hear(SortedMap<String, NodeEntry> table) {
    tick(table);
    table.values().forEach(node -> vigil.echo(node, Echo.HEARD, now));
  }

  private void refused(SortedMap<String, NodeEntry> table, NodeEntry node) {
    tick(table);
    table.values().stream()
        .filter(n -> !n.equals(node))
        .forEach(other -> vigil.echo(other, Echo.HEARD, now));
    vigil.echo(node, Echo.REFUSED, now);
  }

  private void miss(SortedMap<String, NodeEntry> table, NodeEntry node) {
    hear(table);
    for (int i = 0; i < SETTINGS.refusals(); i++) {
      refused(table, node);
    }
    if (table.size() > 2) {
      tick(table);
    }
  }

  private List<Step> tick(SortedMap<String, NodeEntry> table) {
    now += TICK;
    return vigil.tick(table, now);
  }

  private static SortedMap<String, NodeEntry> table(NodeEntry... nodes) {
    SortedMap<String, NodeEntry> table = new TreeMap<>();
    for (NodeEntry node : nodes) {
      table.put(node.node(), node);
    }
    return table;
  }

  private static NodeEntry node(String id, long session) {
    return new NodeEntry(id, session, 0, "", id + ":1", "", 1, "", List.of());
  }
}
