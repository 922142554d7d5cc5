package dev.weir.store.filter;

import dev.weir.store.Filter.Value;
import dev.weir.store.ValueOrder;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A text or number with which values of its kind are put in order. */
final class Operand {
  private final @Nullable String text; // null = it is a number
  private final BigDecimal number;
  private final long whole;
  private final boolean isWhole;

  /**
   * Prepares a value.
   *
   * @throws IllegalArgumentException if it has no order
   */
  Operand(Value value) {
    if (!value.ordered()) {
      throw new IllegalArgumentException("has no order: " + value);
    }
    text = value instanceof Value.Text t ? t.text() : null;
    number = value instanceof Value.Numeric n ? n.number() : BigDecimal.ZERO;
    isWhole = number.scale() <= 0 && (long) number.precision() - number.scale() <= 18;
    whole = isWhole ? number.longValueExact() : 0;
  }

  /** Whether a value is of the same kind. */
  boolean comparable(FieldValue value) {
    return text == null
        ? value instanceof FieldValue.Whole || value instanceof FieldValue.Decimal
        : value instanceof FieldValue.Text;
  }

  /**
   * How a comparable value stands to this one: below, equal or above as less, equal or more than 0.
   */
  int compare(FieldValue value) {
    if (value instanceof FieldValue.Text other && text != null) {
      return ValueOrder.byCodePoints(other.text(), text);
    } else if (value instanceof FieldValue.Whole other) {
      return isWhole
          ? Long.compare(other.number(), whole)
          : BigDecimal.valueOf(other.number()).compareTo(number);
    }
    return ((FieldValue.Decimal) value).number().compareTo(number);
  }
}
