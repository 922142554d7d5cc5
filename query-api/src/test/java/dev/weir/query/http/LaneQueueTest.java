package dev.weir.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.junit.jupiter.api.Test;

/** Who gets in, who waits and who is turned away. */
class LaneQueueTest {
  private final Alarms alarms = new Alarms();
  private final LaneQueue queue =
      new LaneQueue(new HttpSettings.Queue(2, 2, Duration.ofMillis(100)), alarms);
  private final List<String> seen = new ArrayList<>();

  private void enter(String name) {
    queue.enter(
        new LaneQueue.Visitor() {
          @Override
          public void admitted() {
            seen.add(name + " in");
          }

          @Override
          public void refused() {
            seen.add(name + " refused");
          }
        });
  }

  @Test
  void someAreInSomeWaitAndTheRestAreRefusedAtOnce() {
    List.of("a", "b", "c", "d", "e").forEach(this::enter);
    assertThat(seen).containsExactly("a in", "b in", "e refused");
    assertThat(queue.inside()).isEqualTo(2);
    assertThat(queue.waiting()).isEqualTo(2);
    assertThat(queue.refused()).isEqualTo(1);
  }

  @Test
  void whoWaitedLongestComesNext() {
    List.of("a", "b", "c", "d").forEach(this::enter);
    queue.leave();
    queue.leave();
    assertThat(seen).containsExactly("a in", "b in", "c in", "d in");
    assertThat(queue.inside()).isEqualTo(2);
    assertThat(alarms.set).isEmpty();
    queue.leave();
    queue.leave();
    assertThat(queue.inside()).isZero();
    enter("e");
    assertThat(seen).last().isEqualTo("e in");
  }

  @Test
  void whoWaitedTooLongIsRefusedOnceAndLeavesRoom() {
    List.of("a", "b", "c").forEach(this::enter);
    alarms.ring();
    assertThat(seen).containsExactly("a in", "b in", "c refused");
    queue.leave();
    assertThat(queue.inside()).isEqualTo(1);
    enter("d");
    assertThat(seen).last().isEqualTo("d in");
  }

  /** Alarms that ring by hand. */
  private static final class Alarms extends AbstractLifeCycle implements Scheduler {
    final List<Runnable> set = new ArrayList<>();

    void ring() {
      List<Runnable> due = List.copyOf(set);
      set.clear();
      due.forEach(Runnable::run);
    }

    @Override
    public Task schedule(Runnable task, long delay, TimeUnit units) {
      assertThat(units.toMillis(delay)).isEqualTo(100);
      set.add(task);
      return () -> set.remove(task);
    }
  }
}
