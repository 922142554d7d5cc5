package dev.weir.store.index;

import dev.weir.store.Filter.Value;
import dev.weir.store.filter.FieldValue;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a document has in a field as bytes: of two values, the one that is less by {@link
 * dev.weir.store.ValueOrder} has the lesser bytes, and equal ones have the same. Lists and objects
 * come behind everything else, all alike. No encoding is the beginning of another one, so that
 * several can stand one behind the other.
 */
public final class ValueEncoding {
  private static final int NULL = 0x10;
  private static final int FALSE = 0x20;
  private static final int TRUE = 0x21;
  private static final int TEXT = 0x40;
  private static final int OTHER = 0x50;

  private ValueEncoding() {}

  /** Puts a field's value; null = absent or null. */
  public static void put(@Nullable FieldValue value, ByteSink out) {
    if (value == null) {
      out.put(NULL);
    } else if (value instanceof FieldValue.Text text) {
      out.put(TEXT);
      TextEncoding.put(text.text(), out);
    } else if (value instanceof FieldValue.Whole whole) {
      NumberEncoding.put(whole.number(), out);
    } else if (value instanceof FieldValue.Decimal decimal) {
      NumberEncoding.put(decimal.number(), out);
    } else if (value instanceof FieldValue.Flag flag) {
      out.put(flag.flag() ? TRUE : FALSE);
    } else {
      out.put(OTHER);
    }
  }

  /** Puts what a field is compared with, as a field that equals it. */
  public static void put(Value value, ByteSink out) {
    if (value instanceof Value.Text text) {
      out.put(TEXT);
      TextEncoding.put(text.text(), out);
    } else if (value instanceof Value.Numeric number) {
      NumberEncoding.put(number.number(), out);
    } else if (value instanceof Value.Flag flag) {
      out.put(flag.flag() ? TRUE : FALSE);
    } else {
      out.put(NULL);
    }
  }

  /** The encoding of one value. */
  public static byte[] of(Value value) {
    ByteSink out = new ByteSink(32);
    put(value, out);
    return out.toBytes();
  }

  /** Whether an encoding stands for one value only: it is none of a text that was cut. */
  public static boolean isExact(byte[] encoded) {
    return encoded[0] != TEXT || encoded[encoded.length - 1] == TextEncoding.WHOLE;
  }

  /** What the encodings of all texts begin with that begin like this. */
  public static byte[] start(String text) {
    ByteSink out = new ByteSink(text.length() + 1);
    out.put(TEXT);
    TextEncoding.putStart(text, out);
    return out.toBytes();
  }

  /** What the encodings of all texts begin with. */
  public static byte[] texts() {
    return new byte[] {TEXT};
  }

  /** Below all numbers, and above everything that is below them. */
  public static byte[] numbersFrom() {
    return new byte[] {NumberEncoding.NEGATIVE};
  }

  /** Above all numbers, and below everything that is above them. */
  public static byte[] numbersTo() {
    return new byte[] {NumberEncoding.POSITIVE + 1};
  }

  /** Above nothing, and below every value. */
  public static byte[] present() {
    return new byte[] {NULL + 1};
  }

  /** Above everything. */
  public static byte[] end() {
    return new byte[] {OTHER + 1};
  }

  /**
   * Reads an encoding and leaves the place behind it.
   *
   * @return null = a list, an object or a text that was cut
   */
  public static @Nullable Value take(ByteBuffer in) {
    int kind = in.get() & 0xff;
    return switch (kind) {
      case NULL -> new Value.Null();
      case FALSE, TRUE -> new Value.Flag(kind == TRUE);
      case NumberEncoding.ZERO -> new Value.Numeric(BigDecimal.ZERO);
      case NumberEncoding.NEGATIVE, NumberEncoding.POSITIVE ->
          new Value.Numeric(NumberEncoding.take(in, kind == NumberEncoding.NEGATIVE));
      case TEXT -> text(TextEncoding.take(in));
      default -> null;
    };
  }

  private static @Nullable Value text(TextEncoding.Taken taken) {
    return taken.whole() ? new Value.Text(taken.text()) : null;
  }

  /** Passes over an encoding; returns the first byte of it, which says the kind. */
  public static int skip(ByteBuffer in) {
    int kind = in.get() & 0xff;
    if (kind == TEXT) {
      TextEncoding.skip(in);
    } else if (kind == NumberEncoding.NEGATIVE || kind == NumberEncoding.POSITIVE) {
      NumberEncoding.skip(in, kind == NumberEncoding.NEGATIVE);
    }
    return kind;
  }

  /** Whether an encoding that begins with this byte stands for nothing. */
  public static boolean isNothing(int kind) {
    return kind == NULL;
  }

  /** Whether an encoding that begins with this byte stands for a list or an object. */
  public static boolean isOther(int kind) {
    return kind == OTHER;
  }
}
