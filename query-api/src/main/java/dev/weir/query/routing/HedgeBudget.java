package dev.weir.query.routing;

/**
 * How many calls may be made a second time: a share of all calls, with a small reserve. Safe from
 * any thread.
 */
final class HedgeBudget {
  private static final double RESERVE = 10;

  private final double share;
  private double left = RESERVE; // under "this"

  /**
   * A budget with its reserve full.
   *
   * @param share of all calls, from 0 (no call is made twice) to 1
   */
  HedgeBudget(double share) {
    this.share = share;
    this.left = share > 0 ? RESERVE : 0;
  }

  /** A call was made: earns a part of another one. */
  synchronized void earn() {
    left = Math.min(RESERVE, left + share);
  }

  /** Takes one call out of the budget; false = there is none left. */
  synchronized boolean spend() {
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}
