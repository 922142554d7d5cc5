package dev.weir.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Random Java values of a key type, dense where encodings go wrong, and their true order. */
final class KeySamples {

  private static final int[] CODE_POINTS = {
    0, 1, 2, 'a', 'b', 0x7f, 0x80, 0xff, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xfffd, 0xffff, 0x10000,
    0x10ffff
  };
  private static final long[] LONGS = {
    Long.MIN_VALUE, Long.MIN_VALUE + 1, -256, -1, 0, 1, 255, 256, Long.MAX_VALUE
  };

  private KeySamples() {}

  static Object value(KeyType type, Random random) {
    if (type instanceof KeyType.Tuple tuple) {
      List<Object> values = new ArrayList<>();
      tuple.parts().forEach(part -> values.add(value(part, random)));
      return values;
    }
    return switch ((KeyType.Scalar) type) {
      case STRING -> string(random);
      case LONG -> random.nextBoolean() ? random.nextLong() : LONGS[random.nextInt(LONGS.length)];
      case UUID -> new UUID(random.nextLong(), random.nextLong());
      case BYTES -> bytes(random);
    };
  }

  /** The order that the encoding must keep. */
  static int compare(Object a, Object b) {
    if (a instanceof String s) {
      // As code points: UTF-16 order differs from theirs above U+FFFF.
      return Arrays.compare(s.codePoints().toArray(), ((String) b).codePoints().toArray());
    }
    if (a instanceof Long l) {
      return Long.compare(l, (Long) b);
    }
    if (a instanceof UUID u) {
      int high =
          Long.compareUnsigned(u.getMostSignificantBits(), ((UUID) b).getMostSignificantBits());
      return high != 0
          ? high
          : Long.compareUnsigned(u.getLeastSignificantBits(), ((UUID) b).getLeastSignificantBits());
    }
    if (a instanceof byte[] bytes) {
      return Arrays.compareUnsigned(bytes, (byte[]) b);
    }
    List<?> left = (List<?>) a;
    List<?> right = (List<?>) b;
    for (int i = 0; i < left.size(); i++) {
      int order = compare(left.get(i), right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  static String string(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      text.appendCodePoint(CODE_POINTS[random.nextInt(CODE_POINTS.length)]);
    }
    return text.toString();
  }

  static byte[] bytes(Random random) {
    byte[] bytes = new byte[random.nextInt(5)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] =
          new byte[] {0, 1, 2, 'a', (byte) 0x80, (byte) 0xfe, (byte) 0xff}[random.nextInt(7)];
    }
    return bytes;
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
