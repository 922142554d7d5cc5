package dev.weir.store.filter;

import dev.weir.store.Filter.Value;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Values with one of which a field may be equal. */
final class Operands {
  private final Set<String> texts = new HashSet<>();
  private final Set<Long> wholes = new HashSet<>();
  private final TreeSet<BigDecimal> numbers = new TreeSet<>(); // by value, whatever their scale
  private boolean yes;
  private boolean no;
  private boolean absent;

  Operands(List<Value> values) {
    for (Value value : values) {
      if (value instanceof Value.Text text) {
        texts.add(text.text());
      } else if (value instanceof Value.Numeric number) {
        add(number.number());
      } else if (value instanceof Value.Flag flag) {
        yes |= flag.flag();
        no |= !flag.flag();
      } else {
        absent = true;
      }
    }
  }

  private void add(BigDecimal number) {
    numbers.add(number);
    // Up to 19 digits only: the exact conversion writes out what an exponent stands for.
    if (number.scale() <= 0 && (long) number.precision() - number.scale() <= 19) {
      try {
        wholes.add(number.longValueExact());
      } catch (ArithmeticException e) {
        numbers.add(number); // beyond 64 bits, so no whole number equals it
      }
    }
  }

  /** Whether a value, or its absence, is among them. */
  boolean have(@Nullable FieldValue value) {
    if (value == null) {
      return absent;
    } else if (value instanceof FieldValue.Text text) {
      return texts.contains(text.text());
    } else if (value instanceof FieldValue.Whole whole) {
      return wholes.contains(whole.number());
    } else if (value instanceof FieldValue.Decimal decimal) {
      return numbers.contains(decimal.number());
    } else if (value instanceof FieldValue.Flag flag) {
      return flag.flag() ? yes : no;
    }
    return false;
  }
}
