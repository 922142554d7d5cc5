package dev.weir.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;

/**
 * Waits for the end of a process's life: a signal, or the end of its standard input where a parent
 * holds that open and may die without saying so.
 */
public final class Stdin {

  private Stdin() {}

  /** Waits until the stream ends. */
  public static void awaitEnd(InputStream in) {
    byte[] buffer = new byte[64];
    try {
      while (in.read(buffer) >= 0) {
        // What comes in says nothing; only its end does.
      }
    } catch (IOException e) {
      // A stream that breaks has ended too.
    }
  }

  /** Waits for a signal, for ever. */
  public static void awaitSignal() throws InterruptedException {
    new CountDownLatch(1).await();
  }
}
