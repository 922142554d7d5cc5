package dev.weir.store.snapshot;

/**
 * Guesses whether the next pieces of a file are in memory, by how long it took to read some of
 * them: whoever only wants them there need not read what is. Safe from any thread.
 */
final class Warmth {
  /** Memory gives this many bytes in a nanosecond; disks give less. */
  private static final int MEMORY = 3;

  /** So many pieces are taken to be like the one that was read. */
  private static final int ALIKE = 7;

  private int trusted; // pieces that are still taken to be in memory

  /** Whether the next piece is to be read, which is then told to {@link #read}. */
  synchronized boolean isDue() {
    if (trusted == 0) {
      return true;
    }
    trusted--;
    return false;
  }

  /** Learns how long it took to read a piece. */
  synchronized void read(long bytes, long nanos) {
    trusted = bytes >= MEMORY * nanos ? ALIKE : 0;
  }
}
