package dev.weir.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.Filter.Value;
import dev.weir.store.ValueOrder;
import dev.weir.store.filter.FieldValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ValueEncodingTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void bytesHaveTheOrderOfValues(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      Value a = value(random);
      Value b = random.nextInt(4) == 0 ? near(a, random) : value(random);
      byte[] x = ValueEncoding.of(a);
      byte[] y = ValueEncoding.of(b);
      int bytes = Integer.signum(Arrays.compareUnsigned(x, y));
      int values = Integer.signum(ValueOrder.ASCENDING.compare(a, b));
      if (bytes == 0 && !ValueEncoding.isExact(x)) {
        continue; // alike as far as an index tells long texts apart
      }
      assertThat(bytes).as("seed %d, try %d: %s and %s", seed, i, a, b).isEqualTo(values);
      if (bytes != 0) {
        assertThat(Arrays.mismatch(x, y))
            .as("neither begins with the other: %s and %s", a, b)
            .isLessThan(Math.min(x.length, y.length));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6})
  void whatIsExactIsReadBack(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      Value value = value(random);
      byte[] encoded = ValueEncoding.of(value);
      ByteBuffer in = ByteBuffer.wrap(encoded);
      Value read = ValueEncoding.take(in);
      assertThat(in.hasRemaining()).isFalse();
      if (ValueEncoding.isExact(encoded)) {
        assertThat(read).as("seed %d, try %d", seed, i).isEqualTo(value);
      } else {
        assertThat(read).isNull();
      }
      in.rewind();
      ValueEncoding.skip(in);
      assertThat(in.hasRemaining()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3, 3.0",
    "0, -0.0",
    "1e2, 100",
    "1E+400, 10e399",
    "9223372036854775808, 9.223372036854775808e18"
  })
  void equalNumbersAreTheSameBytes(String a, String b) {
    assertThat(of(new FieldValue.Decimal(new BigDecimal(a))))
        .isEqualTo(of(new FieldValue.Decimal(new BigDecimal(b))));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 10, 99, -100, Long.MAX_VALUE, Long.MIN_VALUE, 1234567890123L})
  void wholeNumbersAreAsOthers(long number) {
    assertThat(of(new FieldValue.Whole(number)))
        .isEqualTo(of(new FieldValue.Decimal(BigDecimal.valueOf(number))));
  }

  @Test
  void listsAndObjectsComeLast() {
    byte[] list = of(new FieldValue.Elements(List.of()));
    assertThat(list).isEqualTo(of(new FieldValue.Other()));
    byte[] text = ValueEncoding.of(new Value.Text("\ud83d\ude00"));
    assertThat(Arrays.compareUnsigned(list, text)).isPositive();
    assertThat(Arrays.compareUnsigned(list, ValueEncoding.end())).isNegative();
    assertThat(Arrays.compareUnsigned(of(null), ValueEncoding.present())).isNegative();
  }

  @Test
  void aStartIsThatOfAllTextsThatBeginLikeIt() {
    String start = "a\u0000b\ud83d";
    byte[] encoded = ValueEncoding.start(start);
    for (String more : List.of("", "\u0000", "\ude00", "c")) {
      assertThat(ValueEncoding.of(new Value.Text(start + more))).startsWith(encoded);
    }
    assertThat(ValueEncoding.of(new Value.Text("a\u0000c"))).isNotEqualTo(encoded);
  }

  private static byte[] of(FieldValue value) {
    ByteSink out = new ByteSink(16);
    ValueEncoding.put(value, out);
    return out.toBytes();
  }

  private static Value value(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> new Value.Null();
      case 1 -> new Value.Flag(random.nextBoolean());
      case 2, 3, 4 -> new Value.Numeric(number(random));
      default -> new Value.Text(text(random));
    };
  }

  private static Value near(Value value, Random random) {
    if (value instanceof Value.Text text) {
      String all = text.text();
      return new Value.Text(
          random.nextBoolean() ? all + character(random) : all.substring(0, all.length() / 2));
    }
    return value instanceof Value.Numeric number && number.number().scale() < 1000
        ? new Value.Numeric(number.number().multiply(BigDecimal.valueOf(random.nextInt(5) - 2, 1)))
        : value;
  }

  private static BigDecimal number(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> BigDecimal.valueOf(random.nextInt(20) - 10);
      case 1 -> BigDecimal.valueOf(random.nextLong());
      case 2 -> BigDecimal.valueOf(random.nextInt(2000) - 1000, random.nextInt(5) - 2);
      case 3 -> BigDecimal.valueOf(random.nextInt(200) - 100, random.nextInt(900) - 450);
      case 4 -> BigDecimal.valueOf(random.nextInt(9) - 4, random.nextInt() / 2);
      default -> new BigDecimal(new BigInteger(200, random), random.nextInt(200));
    };
  }

  private static String text(Random random) {
    int length = random.nextInt(20) == 0 ? 335 + random.nextInt(700) : random.nextInt(6);
    boolean same = random.nextBoolean();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(same && i < length - 2 ? "a" : character(random));
    }
    return text.toString();
  }

  private static char character(Random random) {
    return "\u0000\u0001ab\u007f\u0080\u07ff\u0800\ud7ff\ud800\udbff\udc00\udfff\ue000\uffff"
        .charAt(random.nextInt(15));
  }
}
