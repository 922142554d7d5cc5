package dev.weir.store.search;

import dev.weir.store.Filter.Value;
import dev.weir.store.SearchQuery.Kind;
import dev.weir.store.SearchQuery.Measured;
import dev.weir.store.ValueOrder;
import dev.weir.store.filter.FieldValue;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Adds up one measure of one group. Not thread-safe. */
final class Tally {
  /** Numbers beyond ten to this power, or with more digits behind the point, are not summed. */
  static final int MOST_SCALE = 1000;

  private final Kind kind;
  private long count;
  private long skipped;
  private long whole;
  private BigDecimal sum = BigDecimal.ZERO;
  private @Nullable Value edge;

  Tally(Kind kind) {
    this.kind = kind;
  }

  /** Counts a document. */
  void one() {
    count++;
  }

  /** Takes the value that a document has; null = none. */
  void add(@Nullable FieldValue value) {
    if (value == null) {
      return;
    }
    boolean taken =
        switch (kind) {
          case COUNT -> true;
          case SUM, AVG -> sum(value);
          case MIN, MAX -> edge(value);
        };
    if (taken) {
      count++;
    } else {
      skipped++;
    }
  }

  Measured measured() {
    return new Measured(count, sum.add(BigDecimal.valueOf(whole)), edge, skipped);
  }

  private boolean sum(FieldValue value) {
    if (value instanceof FieldValue.Whole number) {
      long before = whole;
      whole += number.number();
      if (((before ^ whole) & (number.number() ^ whole)) < 0) { // beyond 64 bits
        sum = sum.add(BigDecimal.valueOf(before)).add(BigDecimal.valueOf(number.number()));
        whole = 0;
      }
      return true;
    }
    if (!(value instanceof FieldValue.Decimal decimal)) {
      return false;
    }
    BigDecimal number = decimal.number();
    // An exact sum has all digits between the largest and the smallest number.
    if (Math.abs((long) number.scale()) > MOST_SCALE
        || (long) number.precision() - number.scale() > MOST_SCALE) {
      return false;
    }
    sum = sum.add(number);
    return true;
  }

  private boolean edge(FieldValue value) {
    Value candidate = value(value);
    if (candidate == null) {
      return false;
    }
    int order = edge == null ? 0 : ValueOrder.ASCENDING.compare(candidate, edge);
    if (edge == null || (kind == Kind.MIN ? order < 0 : order > 0)) {
      edge = candidate;
    }
    return true;
  }

  private static @Nullable Value value(FieldValue value) {
    if (value instanceof FieldValue.Text text) {
      return new Value.Text(text.text());
    }
    if (value instanceof FieldValue.Whole whole) {
      return new Value.Numeric(BigDecimal.valueOf(whole.number()));
    }
    if (value instanceof FieldValue.Decimal decimal) {
      try {
        return new Value.Numeric(decimal.number());
      } catch (ArithmeticException e) {
        return null; // zeros that do not fit into the exponent
      }
    }
    return value instanceof FieldValue.Flag flag ? new Value.Flag(flag.flag()) : null;
  }
}
