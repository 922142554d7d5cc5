package dev.weir.store.filter;

import dev.weir.store.Filter.Field;
import java.util.OptionalDouble;

/**
 * A field that holds a number, read from stored JSON documents. Immutable, safe from any thread.
 */
public final class NumberField {
  private final FieldTree fields = new FieldTree();

  private NumberField(String path) {
    fields.index(Field.of(path));
  }

  /** Prepares a field; {@code path} as {@link Field#of} reads it. */
  public static NumberField of(String path) {
    return new NumberField(path);
  }

  /** The number as the nearest double, which may be infinite; empty = the field has no number. */
  public OptionalDouble of(byte[] json) {
    FieldValue value = fields.find(json)[0];
    if (value instanceof FieldValue.Whole whole) {
      return OptionalDouble.of((double) whole.number());
    }
    return value instanceof FieldValue.Decimal decimal
        ? OptionalDouble.of(decimal.number().doubleValue())
        : OptionalDouble.empty();
  }
}
