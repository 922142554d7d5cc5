package dev.weir.store.index;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * Numbers as bytes in the order of their exact values; equal numbers are the same bytes, however
 * they were written.
 *
 * <p>A number is {@code ±0.d1d2d3… × 10^exponent} with neither a first nor a last digit of 0.
 * Behind the sign stands the exponent, then two digits a byte, then a 0; below zero, all of that is
 * inverted.
 */
final class NumberEncoding {
  static final int NEGATIVE = 0x30;
  static final int ZERO = 0x31;
  static final int POSITIVE = 0x32;

  /** Exponents of this size and below take one byte, others nine. */
  private static final int SMALL = 100;

  private static final int MIDDLE = 128;
  private static final int BELOW = 0x10;
  private static final int ABOVE = 0xf0;

  private NumberEncoding() {}

  static void put(long number, ByteSink out) {
    if (number == Long.MIN_VALUE) {
      put(BigDecimal.valueOf(number), out);
    } else if (number == 0) {
      out.put(ZERO);
    } else {
      int start = sign(number < 0, out);
      putWhole(Math.abs(number), out);
      end(number < 0, start, out);
    }
  }

  static void put(BigDecimal number, ByteSink out) {
    int sign = number.signum();
    if (sign == 0) {
      out.put(ZERO);
      return;
    }
    int start = sign(sign < 0, out);
    String digits = number.unscaledValue().abs().toString();
    putDigits(digits, (long) digits.length() - number.scale(), out);
    end(sign < 0, start, out);
  }

  private static int sign(boolean negative, ByteSink out) {
    out.put(negative ? NEGATIVE : POSITIVE);
    return out.size();
  }

  private static void end(boolean negative, int start, ByteSink out) {
    out.put(0);
    if (negative) {
      out.invert(start);
    }
  }

  /** What {@link #putDigits} puts, without making a text of it: most numbers are whole. */
  private static void putWhole(long number, ByteSink out) {
    int size = 1;
    long power = 1; // that the first digit stands for
    while (number / power >= 10) {
      power *= 10;
      size++;
    }
    out.put(MIDDLE + size);
    long left = number;
    while (left > 0) {
      long first = left / power;
      left -= first * power;
      power /= 10;
      long second = power == 0 ? 0 : left / power;
      left -= second * power;
      power /= 10;
      out.put((int) (first * 10 + second) + 1);
    }
  }

  private static void putDigits(String digits, long exponent, ByteSink out) {
    if (exponent >= -SMALL && exponent <= SMALL) {
      out.put(MIDDLE + (int) exponent);
    } else {
      out.put(exponent < 0 ? BELOW : ABOVE);
      out.put(ByteBuffer.allocate(8).putLong(exponent ^ Long.MIN_VALUE).array());
    }
    int end = digits.length();
    while (digits.charAt(end - 1) == '0') {
      end--;
    }
    for (int i = 0; i < end; i += 2) {
      int second = i + 1 < end ? digits.charAt(i + 1) - '0' : 0;
      out.put((digits.charAt(i) - '0') * 10 + second + 1);
    }
  }

  /** Reads what {@link #put} wrote behind the byte of its sign; leaves the place behind it. */
  static BigDecimal take(ByteBuffer in, boolean negative) {
    int flip = negative ? 0xff : 0;
    int head = (in.get() & 0xff) ^ flip;
    long exponent = (long) head - MIDDLE;
    if (head == BELOW || head == ABOVE) {
      exponent = in.getLong() ^ (negative ? -1L : 0L) ^ Long.MIN_VALUE;
    }
    StringBuilder digits = new StringBuilder();
    for (int b = (in.get() & 0xff) ^ flip; b != 0; b = (in.get() & 0xff) ^ flip) {
      digits.append((char) ('0' + (b - 1) / 10)).append((char) ('0' + (b - 1) % 10));
    }
    int length = digits.length();
    if (digits.charAt(length - 1) == '0') {
      length--;
    }
    BigInteger unscaled = new BigInteger(digits.substring(0, length));
    long scale = length - exponent;
    if (scale < Integer.MIN_VALUE) { // digits that were 0 at the end are needed after all
      int zeros = (int) (Integer.MIN_VALUE - scale);
      unscaled = unscaled.multiply(BigInteger.TEN.pow(zeros));
      scale = Integer.MIN_VALUE;
    }
    return new BigDecimal(negative ? unscaled.negate() : unscaled, (int) scale);
  }

  /** Passes over what {@link #take} reads. */
  static void skip(ByteBuffer in, boolean negative) {
    int flip = negative ? 0xff : 0;
    int head = (in.get() & 0xff) ^ flip;
    if (head == BELOW || head == ABOVE) {
      in.position(in.position() + 8);
    }
    int b;
    do {
      b = (in.get() & 0xff) ^ flip;
    } while (b != 0);
  }
}
