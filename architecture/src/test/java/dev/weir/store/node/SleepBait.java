package dev.weir.store.node;

/** Breaks: tests never sleep. */
public final class SleepBait {

  private SleepBait() {}

  /** Sleeps. */
  public static void sleep() throws InterruptedException {
    Thread.sleep(1);
  }
}
