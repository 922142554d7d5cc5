package dev.weir.store.node;

import dev.weir.store.snapshot.Throttle;

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
    ProcessorUse use = new ProcessorUse();
    return new Throttle(() -> use.busy() ? bytesPerSecond / BUSY_DIVISOR : bytesPerSecond);
  }
}
