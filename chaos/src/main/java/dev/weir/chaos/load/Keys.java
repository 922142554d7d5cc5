package dev.weir.chaos.load;

import java.util.Random;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The keys that clients call at the moment: few, so that calls meet, and changed after a while, so
 * that the history of each stays short. Thread-safe.
 */
final class Keys {

  private static final String PAIR = "p";
  private static final int REGISTERS = 10;
  private static final int COUNTERS = 4;
  private static final int PAIRS = 3;
  private static final int CALLS_EACH = 150;

  private final AtomicLongArray calls = new AtomicLongArray(REGISTERS + COUNTERS + PAIRS);
  private final SortedSet<String> used = new ConcurrentSkipListSet<>();

  /** A key that takes every kind of call. */
  String register(Random random) {
    return key("r", random.nextInt(REGISTERS));
  }

  /** A key that is only ever changed by swaps. */
  String counter(Random random) {
    return key("c", REGISTERS + random.nextInt(COUNTERS));
  }

  /** A pair of documents that are written together. */
  String pair(Random random) {
    return key(PAIR, REGISTERS + COUNTERS + random.nextInt(PAIRS));
  }

  /** Whether a key stands for a pair. */
  static boolean isPair(String key) {
    return key.startsWith(PAIR);
  }

  private String key(String kind, int slot) {
    String key = kind + slot + "-" + calls.getAndIncrement(slot) / CALLS_EACH;
    used.add(key);
    return key;
  }

  /** All keys that were ever called. */
  SortedSet<String> used() {
    return used;
  }
}
