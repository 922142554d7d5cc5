package dev.weir.store.filter;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a document has in a field; absent and null are no value. */
public sealed interface FieldValue {

  /** A text. */
  record Text(String text) implements FieldValue {}

  /** A whole number of 64 bits. */
  record Whole(long number) implements FieldValue {}

  /** Any other number. */
  record Decimal(BigDecimal number) implements FieldValue {}

  /** True or false. */
  record Flag(boolean flag) implements FieldValue {}

  /**
   * A list.
   *
   * @param elements those that are no lists and no objects, null included
   */
  record Elements(List<@Nullable FieldValue> elements) implements FieldValue {}

  /** There, but nothing that a value could be compared with. */
  record Other() implements FieldValue {}

  Other OTHER = new Other();
}
