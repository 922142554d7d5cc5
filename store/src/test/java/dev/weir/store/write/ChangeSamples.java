package dev.weir.store.write;

import dev.weir.store.Condition;
import dev.weir.store.IdempotencyKey;
import dev.weir.store.Key;
import dev.weir.store.Operation;
import dev.weir.store.Version;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Random patches, conditions, batches and commands that take effect once. */
final class ChangeSamples {
  private ChangeSamples() {}

  static Operation any(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> patch(random);
      case 1 -> when(random);
      case 2 -> batch(random);
      default -> {
        byte[] fingerprint = new byte[IdempotencyKey.FINGERPRINT_BYTES];
        random.nextBytes(fingerprint);
        String text = "ключ-" + "x".repeat(random.nextInt(240));
        yield new Operation.Once(
            new IdempotencyKey(text, fingerprint),
            switch (random.nextInt(3)) {
              case 0 -> change(random);
              case 1 -> when(random);
              default -> batch(random);
            });
      }
    };
  }

  static Operation.Batch batch(Random random) {
    return new Operation.Batch(
        IntStream.rangeClosed(0, random.nextInt(5)).mapToObj(i -> when(random)).toList());
  }

  static Operation.When when(Random random) {
    return new Operation.When(condition(random), change(random));
  }

  private static Operation.Change change(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> new Operation.Put(random.nextInt(300), key(random), bytes(random));
      case 1 -> new Operation.Delete(random.nextInt(300), key(random));
      default -> patch(random);
    };
  }

  private static Operation.Patch patch(Random random) {
    Operation.Checked checked =
        switch (random.nextInt(3)) {
          case 0 -> null;
          case 1 -> new Operation.Checked(random.nextInt(9), null, "ü".repeat(random.nextInt(9)));
          default -> new Operation.Checked(random.nextInt(9), version(random), "");
        };
    return new Operation.Patch(random.nextInt(300), key(random), bytes(random), checked);
  }

  private static Condition condition(Random random) {
    List<Version> versions =
        Stream.generate(() -> version(random)).limit(random.nextInt(4)).toList();
    return switch (random.nextInt(5)) {
      case 0 -> Condition.NONE;
      case 1 -> new Condition.Exists();
      case 2 -> new Condition.Absent();
      case 3 -> new Condition.OneOf(versions);
      default -> new Condition.NoneOf(versions);
    };
  }

  private static Version version(Random random) {
    return new Version(random.nextInt(3), random.nextLong() >>> random.nextInt(1, 63));
  }

  private static Key key(Random random) {
    return Key.ofEncoded(bytes(random));
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[random.nextInt(12)];
    random.nextBytes(bytes);
    return bytes;
  }
}
