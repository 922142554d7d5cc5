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

  private static final int USUAL_NODES = 3;

  /** So that one fault's aftermath can be told from the next. */
  private static final Duration LONG_REST = Duration.ofSeconds(10);

  private final Random random;
  private final List<Supplier<Fault>> kinds = new ArrayList<>();
  private final List<Supplier<Fault>> left = new ArrayList<>();
  private final int nodes;
  private Duration rest = Duration.ZERO;

  private Dice(long seed) {
    this(seed, USUAL_NODES);
  }

  private Dice(long seed, int nodes) {
    this.random = new Random(seed);
    this.nodes = nodes;
  }

  /** All faults. */
  public static Dice all(long seed, boolean disks, boolean clocks) {
    Dice dice = new Dice(seed);
    dice.kinds.addAll(dice.quick());
    dice.kinds.addAll(dice.slow());
    dice.kinds.addAll(dice.brokers());
    if (disks) {
      dice.kinds.add(() -> new Fault.FillDisk(dice.node(), dice.seconds(3, 8)));
    }
    if (clocks) {
      dice.kinds.add(() -> new Fault.SkewClock(dice.node(), dice.offset(), dice.seconds(5, 15)));
    }
    return dice;
  }

  /** Faults that are over within a few seconds. */
  public static Dice quick(long seed) {
    Dice dice = new Dice(seed);
    dice.kinds.addAll(dice.quick());
    return dice;
  }

  /** Nodes are killed, and stay away longer than their failover takes. */
  public static Dice kills(long seed) {
    Dice dice = new Dice(seed);
    dice.kinds.add(() -> new Fault.KillNode(dice.node(), dice.seconds(6, 12)));
    dice.rest = LONG_REST;
    return dice;
  }

  /** Nodes are killed, or lose their disks besides, of as many as are told. */
  public static Dice deaths(long seed, int nodes) {
    Dice dice = new Dice(seed, nodes);
    dice.kinds.add(() -> new Fault.KillNode(dice.node(), dice.seconds(1, 6)));
    dice.kinds.add(() -> new Fault.EmptyNode(dice.node(), dice.seconds(1, 6)));
    return dice;
  }

  /** Nodes are killed, lose their disks, are restarted, join and leave. */
  public static Dice comings(long seed) {
    Dice dice = new Dice(seed);
    dice.kinds.addAll(
        List.of(
            () -> new Fault.EmptyNode(dice.node(), dice.seconds(1, 6)),
            () -> new Fault.KillNode(dice.node(), dice.seconds(1, 6)),
            () -> new Fault.JoinAndLeave(dice.seconds(5, 10)),
            () -> new Fault.RestartNode(dice.node(), dice.seconds(1, 3))));
    return dice;
  }

  /** Nothing happens but to the broker. */
  public static Dice broker(long seed) {
    Dice dice = new Dice(seed);
    dice.kinds.addAll(dice.brokers());
    dice.rest = LONG_REST;
    return dice;
  }

  private List<Supplier<Fault>> brokers() {
    return List.of(
        () -> new Fault.RestartBroker(true, seconds(1, 10)),
        () -> new Fault.RestartBroker(false, seconds(1, 10)),
        () -> new Fault.PauseBroker(seconds(2, 12)));
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
        () -> new Fault.EmptyNode(node(), seconds(1, 10)),
        () -> new Fault.RollingRestart(seconds(1, 3)),
        () -> new Fault.JoinAndLeave(seconds(5, 15)),
        () -> new Fault.NodeToBroker(node(), Harm.CUT, Duration.ZERO, seconds(2, 15)),
        () -> new Fault.NodeToBroker(node(), Harm.SLOW, millis(20, 300), seconds(5, 15)),
        () -> new Fault.NodesToNode(node(), Harm.HELD, Duration.ZERO, seconds(2, 15)),
        () -> new Fault.NodesToNode(node(), Harm.SLOW, millis(20, 300), seconds(5, 15)),
        () ->
            new Fault.Isolate(node(), random.nextBoolean() ? Harm.CUT : Harm.HELD, seconds(3, 20)));
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
    return rest.plus(millis(1_500, 6_000));
  }

  private int node() {
    return random.nextInt(nodes);
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
