package dev.weir.store.node;

import dev.weir.store.snapshot.Throttle;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/** A throttle for what a node gives to others: a quarter of its rate while the machine is busy. */
final class LoadedThrottle {
  private static final int BUSY_DIVISOR = 4;

  private LoadedThrottle() {}

  /**
   * A throttle.
   *
   * @param bytesPerSecond while the machine is not busy; 0 = no limit, busy or not
   */
  static Throttle of(long bytesPerSecond) {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    return new Throttle(
        () ->
            system.getSystemLoadAverage() > 2.0 * system.getAvailableProcessors()
                ? bytesPerSecond / BUSY_DIVISOR
                : bytesPerSecond);
  }
}
