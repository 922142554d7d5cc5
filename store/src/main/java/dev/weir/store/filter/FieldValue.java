package dev.weir.store.filter;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a document has in a field; absent and null are no value. */
sealed interface FieldValue {

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

  /**
   * Reads the value at which a parser stands. A list is read to its end; an object is left where it
   * begins.
   */
  static @Nullable FieldValue read(JsonParser parser) throws IOException {
    return parser.currentToken() == JsonToken.START_ARRAY ? elements(parser) : scalar(parser);
  }

  private static Elements elements(JsonParser parser) throws IOException {
    List<@Nullable FieldValue> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken().isStructStart()) {
        parser.skipChildren();
      } else {
        elements.add(scalar(parser));
      }
    }
    return new Elements(elements);
  }

  private static @Nullable FieldValue scalar(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> new Text(parser.getText());
      case VALUE_TRUE -> new Flag(true);
      case VALUE_FALSE -> new Flag(false);
      case VALUE_NULL -> null;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
      default -> OTHER;
    };
  }

  private static FieldValue number(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      return new Whole(parser.getLongValue());
    }
    try {
      return new Decimal(parser.getDecimalValue());
    } catch (InputCoercionException | NumberFormatException e) {
      return OTHER; // an exponent beyond 32 bits
    }
  }
}
