package dev.weir.chaos.run;

import dev.weir.chaos.cluster.Cluster;
import dev.weir.chaos.fault.Dice;
import dev.weir.chaos.fault.Fault;
import dev.weir.chaos.load.Recorder;
import dev.weir.chaos.process.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Injects one fault after the other; each is healed before the next. */
final class FaultLoop {

  private static final Logger LOG = LoggerFactory.getLogger(FaultLoop.class);
  private static final Duration RECOVERY = Duration.ofMinutes(3);

  private final Cluster cluster;
  private final Dice dice;
  private final Recorder clock;
  private final List<Injected> injected = new ArrayList<>();

  FaultLoop(Cluster cluster, Dice dice, Recorder clock) {
    this.cluster = cluster;
    this.dice = dice;
    this.clock = clock;
  }

  /** Goes on for so long; a fault that has begun is carried through. */
  List<Injected> run(Duration duration) {
    long end = clock.now() + duration.toNanos();
    while (clock.now() < end && !Thread.currentThread().isInterrupted()) {
      Waiting.pass(dice.gap());
      inject(dice.fault());
    }
    return injected;
  }

  private void inject(Fault fault) {
    long begin = clock.now();
    LOG.info("{} ms: {}", begin / 1_000_000, fault);
    try {
      fault.begin(cluster);
      Waiting.pass(fault.hold());
    } finally {
      fault.end(cluster);
    }
    long healed = clock.now();
    boolean recovered = cluster.awaitReady(RECOVERY);
    Duration recovery = Duration.ofNanos(clock.now() - healed);
    LOG.info("healed, {} after {} ms", recovered ? "ready" : "NOT READY", recovery.toMillis());
    String trouble = recovered ? "" : cluster.trouble();
    injected.add(new Injected(fault, begin, healed, recovery, trouble));
  }
}
