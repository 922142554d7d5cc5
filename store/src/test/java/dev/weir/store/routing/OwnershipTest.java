package dev.weir.store.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.store.Role;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class OwnershipTest {

  private static final int SHARD = 1;

  @ParameterizedTest
  @EnumSource
  void doesWhatTheTableSaysForEveryEvent(ShardState from) {
    List<ShardEvent> path = pathTo(from);
    for (ShardEvent event : ShardEvent.values()) {
      Ownership ownership = new Ownership(3);
      path.forEach(step -> fire(ownership, step));
      assertThat(ownership.state(SHARD)).isEqualTo(from);
      AtomicInteger told = new AtomicInteger();
      ownership.onChange(told::incrementAndGet);

      if (from.after(event).isEmpty()) {
        assertThatThrownBy(() -> fire(ownership, event))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining(event.name())
            .hasMessageContaining(from.name());
        assertThat(ownership.state(SHARD)).isEqualTo(from);
      } else {
        fire(ownership, event);
        ShardState to = from.after(event).get();
        assertThat(ownership.state(SHARD)).as(from + " after " + event).isEqualTo(to);
        assertThat(ownership.serving(SHARD)).isEqualTo(to.serving());
        assertThat(ownership.role(SHARD)).isEqualTo(to.role());
        assertThat(told.get()).isEqualTo(from == to ? 0 : 1);
      }
      assertThat(ownership.state(0)).isEqualTo(ShardState.ABSENT);
      assertThat(ownership.state(2)).isEqualTo(ShardState.ABSENT);
    }
  }

  @Test
  void refusesOnlyASecondOpeningAndAnActiveWithoutState() {
    List<String> impossible = new ArrayList<>();
    for (ShardState state : ShardState.values()) {
      for (ShardEvent event : ShardEvent.values()) {
        if (state.after(event).isEmpty()) {
          impossible.add(state + "+" + event);
        }
      }
    }
    assertThat(impossible)
        .containsExactlyInAnyOrder(
            "ABSENT+ACTIVATED",
            "STANDBY_FILLING+OPENED",
            "STANDBY_SERVING+OPENED",
            "ACTIVE_FILLING+OPENED",
            "ACTIVE_SERVING+OPENED",
            "ACTIVE_STOPPED+OPENED");
  }

  @Test
  void servesOnceItHasReachedTheFirstLogEndSeenAfterOpening() {
    Ownership ownership = new Ownership(3);
    ownership.logEndSeen(SHARD, 0);
    ownership.opened(SHARD);
    ownership.position(SHARD, 500);
    assertThat(ownership.serving(SHARD)).as("an end seen before opening counts").isFalse();

    ownership.logEndSeen(SHARD, 1_000);
    ownership.position(SHARD, 998);
    ownership.logEndSeen(SHARD, 2_000);
    assertThat(ownership.serving(SHARD)).isFalse();
    ownership.position(SHARD, 999);
    assertThat(ownership.serving(SHARD)).isTrue();
    assertThat(ownership.logEnd(SHARD)).isEqualTo(2_000);

    ownership.logEndSeen(SHARD, 1_000_000);
    ownership.activated(SHARD);
    ownership.deactivated(SHARD);
    assertThat(ownership.serving(SHARD)).as("a lag or a new role ends it").isTrue();

    ownership.closed(SHARD);
    ownership.opened(SHARD);
    ownership.position(SHARD, 999);
    assertThat(ownership.serving(SHARD)).as("an opening inherits the last one's end").isFalse();
  }

  @Test
  void servesAnEmptyLogAtOnce() {
    Ownership ownership = new Ownership(3);
    ownership.opened(SHARD);
    ownership.logEndSeen(SHARD, 0);
    assertThat(ownership.serving(SHARD)).isTrue();
  }

  @Test
  void keepsTheFirstReasonOfAStopUntilItIsClosed() {
    Ownership ownership = new Ownership(3);
    ownership.opened(SHARD);
    ownership.logEndSeen(SHARD, 0);
    ownership.stopped(SHARD, "gap after 7");
    ownership.stopped(SHARD, "closed twice");
    ownership.position(SHARD, 10);
    assertThat(ownership.serving(SHARD)).isFalse();
    assertThat(ownership.stopReason(SHARD)).contains("gap after 7");
    ownership.closed(SHARD);
    assertThat(ownership.stopReason(SHARD)).isEmpty();
  }

  @Test
  void listsWhatItHoldsAndTellsOfEverythingButOffsets() {
    Ownership ownership = new Ownership(4);
    AtomicInteger told = new AtomicInteger();
    ownership.onChange(told::incrementAndGet);
    ownership.opened(2);
    ownership.opened(0);
    ownership.activated(2);
    ownership.logEndSeen(2, 10);
    ownership.position(2, 9);
    assertThat(told.get()).isEqualTo(4);

    ownership.catalogueRevision(2, 3);
    ownership.catalogueRevision(2, 3);
    assertThat(told.get()).isEqualTo(5);
    ownership.position(2, 11);
    ownership.position(0, 1);
    ownership.logEndSeen(2, 50);
    assertThat(told.get()).isEqualTo(5);

    assertThat(ownership.snapshot())
        .containsExactly(
            new HeldShard(0, Role.STANDBY, false, 1, 0),
            new HeldShard(2, Role.ACTIVE, true, 11, 3));
  }

  @Test
  void completesWhenTheTwoHalvesComeFromTwoThreads() throws Exception {
    for (int round = 0; round < 2_000; round++) {
      Ownership ownership = new Ownership(3);
      ownership.opened(SHARD);
      CyclicBarrier start = new CyclicBarrier(2);
      Thread lookup =
          new Thread(
              () -> {
                await(start);
                ownership.logEndSeen(SHARD, 8);
              });
      lookup.start();
      await(start);
      ownership.position(SHARD, 7);
      lookup.join();
      assertThat(ownership.serving(SHARD)).as("round " + round).isTrue();
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The shortest way from ABSENT, by the same table. */
  private static List<ShardEvent> pathTo(ShardState target) {
    Map<ShardState, List<ShardEvent>> paths = new EnumMap<>(ShardState.class);
    paths.put(ShardState.ABSENT, List.of());
    Deque<ShardState> open = new ArrayDeque<>(List.of(ShardState.ABSENT));
    while (!open.isEmpty()) {
      ShardState state = open.remove();
      for (ShardEvent event : ShardEvent.values()) {
        state
            .after(event)
            .filter(next -> !paths.containsKey(next))
            .ifPresent(
                next -> {
                  List<ShardEvent> path = new ArrayList<>(paths.get(state));
                  path.add(event);
                  paths.put(next, path);
                  open.add(next);
                });
      }
    }
    assertThat(paths).as("states that can be reached").containsKey(target);
    return paths.get(target);
  }

  private static void fire(Ownership ownership, ShardEvent event) {
    switch (event) {
      case OPENED -> ownership.opened(SHARD);
      case ACTIVATED -> ownership.activated(SHARD);
      case DEACTIVATED -> ownership.deactivated(SHARD);
      case COMPLETED -> {
        ownership.position(SHARD, 5);
        ownership.logEndSeen(SHARD, 6);
      }
      case STOPPED -> ownership.stopped(SHARD, "because");
      case CLOSED -> ownership.closed(SHARD);
    }
  }
}
