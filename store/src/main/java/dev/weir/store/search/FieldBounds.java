package dev.weir.store.search;

import dev.weir.store.Filter;
import dev.weir.store.Filter.Field;
import dev.weir.store.Filter.Value;
import dev.weir.store.KeyRange;
import dev.weir.store.index.ValueEncoding;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a filter says of one field, in encoded values: it may admit too much, never too little. Not
 * changed after it is made.
 */
final class FieldBounds {
  private @Nullable Set<byte[]> points;
  private @Nullable Value element;
  private byte @Nullable [] low;
  private byte @Nullable [] high;

  private FieldBounds() {}

  /** What the parts of a filter say of a field. */
  static FieldBounds of(Field field, Conjuncts filter) {
    FieldBounds bounds = new FieldBounds();
    for (Filter part : filter.parts()) {
      if (part instanceof Filter.Compare test && test.field().equals(field)) {
        bounds.compare(test);
      } else if (part instanceof Filter.In test && test.field().equals(field)) {
        bounds.points(test.values());
      } else if (part instanceof Filter.Prefix test && test.field().equals(field)) {
        byte[] start = ValueEncoding.start(test.prefix());
        bounds.narrow(start, successor(start));
      } else if (part instanceof Filter.Exists test && test.field().equals(field)) {
        bounds.narrow(ValueEncoding.present(), ValueEncoding.end());
      } else if (part instanceof Filter.Contains test
          && test.field().equals(field)
          && bounds.element == null) {
        bounds.element = test.value();
      }
    }
    return bounds;
  }

  /** The only values it may have, in order; null = there are more than can be named. */
  @Nullable Set<byte[]> points() {
    return points;
  }

  /** What a list must have as an element, or a text within it; null = nothing. */
  @Nullable Value element() {
    return element;
  }

  /** Whether it has a range. */
  boolean ranged() {
    return low != null;
  }

  /** Lower end, inclusive. */
  byte[] low() {
    return Objects.requireNonNull(low);
  }

  /** Upper end, exclusive; not above the lower one = no value is in the range. */
  byte[] high() {
    return Objects.requireNonNull(high);
  }

  private void compare(Filter.Compare test) {
    byte[] value = ValueEncoding.of(test.value());
    boolean text = test.value() instanceof Value.Text;
    byte[] from = text ? ValueEncoding.texts() : ValueEncoding.numbersFrom();
    byte[] to = text ? successor(ValueEncoding.texts()) : ValueEncoding.numbersTo();
    // Long texts that are alike as far as they are told apart may be on either side.
    boolean vague = text && !ValueEncoding.isExact(value);
    switch (test.relation()) {
      case EQ -> points(List.of(test.value()));
      case NE -> {
        // no range
      }
      case LT -> narrow(from, vague ? successor(value) : value);
      case LTE -> narrow(from, successor(value));
      case GT -> narrow(vague ? value : successor(value), to);
      case GTE -> narrow(value, to);
    }
  }

  private void points(List<Value> values) {
    TreeSet<byte[]> encoded = new TreeSet<>(Arrays::compareUnsigned);
    values.forEach(value -> encoded.add(ValueEncoding.of(value)));
    if (points == null) {
      points = encoded;
    } else {
      points.retainAll(encoded);
    }
  }

  private void narrow(byte[] from, byte[] to) {
    if (low == null || Arrays.compareUnsigned(from, low) > 0) {
      low = from;
    }
    if (high == null || Arrays.compareUnsigned(to, high) < 0) {
      high = to;
    }
  }

  private static byte[] successor(byte[] bytes) {
    return Objects.requireNonNull(KeyRange.successor(bytes));
  }
}
