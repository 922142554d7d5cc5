package dev.weir.chaos.fault;

import dev.weir.chaos.fault.Fault.Harm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Chooses faults by a seed: the same seed gives the same faults in the same order. Every kind comes
 * up once before any comes up again. Not thread-safe.
 */
public final class Dice {

  private static final int NODES = 3;

  private final Random random;
  private final List<Supplier<Fault>> kinds;
  private final List<Supplier<Fault>> left = new ArrayList<>();

  private Dice(Random random, boolean disks, boolean clocks) {
    this.random = random;
    this.kinds = new ArrayList<>(quick());
    kinds.addAll(slow());
    if (disks) {
      kinds.add(() -> new Fault.FillDisk(node(), seconds(3, 8)));
    }
    if (clocks) {
      kinds.add(() -> new Fault.SkewClock(node(), offset(), seconds(5, 15)));
    }
  }

  private Dice(Random random) {
    this.random = random;
    this.kinds = quick();
  }

  /** All faults. */
  public static Dice all(long seed, boolean disks, boolean clocks) {
    return new Dice(new Random(seed), disks, clocks);
  }

  /** Faults that are over within a few seconds. */
  public static Dice quick(long seed) {
    return new Dice(new Random(seed));
  }

  private List<Supplier<Fault>> quick() {
    return List.of(
        () -> new Fault.KillNode(node(), seconds(1, 10)),
        () -> new Fault.PauseNode(node(), seconds(9, 13)),
        () -> new Fault.NodesToNode(node(), Harm.CUT, Duration.ZERO, seconds(2, 6)),
        () -> new Fault.NodeToBroker(node(), Harm.HELD, Duration.ZERO, seconds(2, 12)));
  }

  private List<Supplier<Fault>> slow() {
    return List.of(
        () -> new Fault.KillNode(node(), seconds(10, 20)),
        () -> new Fault.PauseNode(node(), seconds(1, 4)),
        () -> new Fault.RestartNode(node(), seconds(1, 5)),
        () -> new Fault.RollingRestart(seconds(1, 3)),
        () -> new Fault.JoinAndLeave(seconds(5, 15)),
        () -> new Fault.NodeToBroker(node(), Harm.CUT, Duration.ZERO, seconds(2, 15)),
        () -> new Fault.NodeToBroker(node(), Harm.SLOW, millis(20, 300), seconds(5, 15)),
        () -> new Fault.NodesToNode(node(), Harm.HELD, Duration.ZERO, seconds(2, 15)),
        () -> new Fault.NodesToNode(node(), Harm.SLOW, millis(20, 300), seconds(5, 15)),
        () ->
            new Fault.Isolate(node(), random.nextBoolean() ? Harm.CUT : Harm.HELD, seconds(3, 20)),
        () -> new Fault.RestartBroker(true, seconds(1, 10)),
        () -> new Fault.RestartBroker(false, seconds(1, 10)),
        () -> new Fault.PauseBroker(seconds(2, 12)));
  }

  /** The next fault. */
  public Fault fault() {
    if (left.isEmpty()) {
      left.addAll(kinds);
    }
    return left.remove(random.nextInt(left.size())).get();
  }

  /** How long all is well before the next fault. */
  public Duration gap() {
    return millis(1_500, 6_000);
  }

  private int node() {
    return random.nextInt(NODES);
  }

  private Duration seconds(int from, int to) {
    return millis(from * 1_000, to * 1_000);
  }

  private Duration millis(int from, int to) {
    return Duration.ofMillis((long) from + random.nextInt(to - from));
  }

  /** A minute to an hour, forward or back. */
  private Duration offset() {
    long seconds = 60L + random.nextInt(3_540);
    return Duration.ofSeconds(random.nextBoolean() ? seconds : -seconds);
  }
}
