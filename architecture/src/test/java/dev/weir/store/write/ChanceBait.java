package dev.weir.store.write;

import java.security.SecureRandom;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Breaks, in every method: no randomness in the fold. */
public final class ChanceBait {

  private ChanceBait() {}

  static double math() {
    return Math.random();
  }

  static UUID uuid() {
    return UUID.randomUUID();
  }

  static Random random() {
    return new Random();
  }

  static Random seeded() {
    return new Random(1);
  }

  static Random secure() {
    return new SecureRandom();
  }

  static SplittableRandom splittable() {
    return new SplittableRandom(1);
  }

  static int ofThread() {
    return ThreadLocalRandom.current().nextInt();
  }

  static int identity(Object object) {
    return System.identityHashCode(object);
  }
}
