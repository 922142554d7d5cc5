package dev.weir.store.node;

import dev.weir.store.snapshot.Throttle;
import java.util.function.LongSupplier;

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
    if (bytesPerSecond <= 0) {
      return Throttle.none();
    }
    return new Throttle(rate(bytesPerSecond, new ProcessorUse()));
  }

  static LongSupplier rate(long bytesPerSecond, ProcessorUse use) {
    return () -> use.busy() ? bytesPerSecond / BUSY_DIVISOR : bytesPerSecond;
  }
}
