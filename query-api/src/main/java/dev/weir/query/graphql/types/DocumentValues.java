package dev.weir.query.graphql.types;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.query.graphql.ErrorCode;
import dev.weir.query.graphql.Errors;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads typed fields from documents. A value that is not of the type its JSON Schema gives is an
 * error of that field, never a wrong value: documents may be older than the schema.
 */
public final class DocumentValues {
  /** More digits than any number GraphQL can hold: beyond, arithmetic would only cost time. */
  private static final int MAX_SCALE = 400;

  private DocumentValues() {}

  /** Turns a JSON value into what the scalar or object type takes. */
  public interface Reader {
    /**
     * @param value neither null nor missing
     * @return empty if the value is not of the type
     */
    Optional<Object> read(JsonNode value);
  }

  static final Reader TEXT = v -> v.isTextual() ? Optional.of(v.textValue()) : Optional.empty();
  static final Reader TRUTH = v -> v.isBoolean() ? Optional.of(v.booleanValue()) : Optional.empty();
  static final Reader FLOAT =
      v ->
          v.isNumber() && Double.isFinite(v.doubleValue())
              ? Optional.of(v.doubleValue())
              : Optional.empty();
  static final Reader INT = v -> integer(v).filter(n -> n == n.intValue()).map(Long::intValue);
  static final Reader LONG = v -> integer(v).map(n -> n);
  static final Reader DECIMAL =
      v -> v.isNumber() ? Optional.of(v.decimalValue()) : Optional.empty();
  static final Reader DATE_TIME = text(Rfc3339::isDateTime);
  static final Reader DATE = text(Rfc3339::isDate);
  static final Reader UUID_TEXT = text(Scalars::isUuid);
  static final Reader OBJECT = v -> v.isObject() ? Optional.of(v) : Optional.empty();
  static final Reader ANY = Optional::of;

  private static Reader text(Predicate<String> form) {
    return v -> TEXT.read(v).filter(text -> form.test((String) text));
  }

  /** Reads each element; null elements stay. */
  static Reader listOf(Reader element) {
    return value -> {
      if (!value.isArray()) {
        return Optional.empty();
      }
      List<@Nullable Object> list = new ArrayList<>();
      for (JsonNode item : value) {
        Optional<Object> read = item.isNull() ? Optional.empty() : element.read(item);
        if (read.isEmpty() && !item.isNull()) {
          return Optional.empty();
        }
        list.add(read.orElse(null));
      }
      return Optional.of(list);
    };
  }

  /** A property of the document or of an object in it. */
  static DataFetcher<Object> property(String name, Reader reader) {
    return field -> read(field, Sources.of(field, JsonNode.class).path(name), reader);
  }

  /** The document itself as an object. */
  public static DataFetcherResult<Object> object(DataFetchingEnvironment field, JsonNode document) {
    return read(field, document, OBJECT);
  }

  private static DataFetcherResult<Object> read(
      DataFetchingEnvironment field, JsonNode value, Reader reader) {
    if (value.isMissingNode() || value.isNull()) {
      return DataFetcherResult.newResult().build();
    }
    return reader
        .read(value)
        .map(read -> DataFetcherResult.newResult().data(read).build())
        .orElseGet(
            () ->
                Errors.field(
                    field,
                    Errors.of(
                        ErrorCode.VALUE_MISMATCH,
                        "The stored value is not of the type that the collection's JSON Schema"
                            + " gives it; the whole document is in 'json'.")));
  }

  private static Optional<Long> integer(JsonNode value) {
    if (value.isIntegralNumber()) {
      return value.canConvertToLong() ? Optional.of(value.longValue()) : Optional.empty();
    }
    if (!value.isNumber()) {
      return Optional.empty();
    }
    BigDecimal decimal = value.decimalValue();
    if (Math.abs((long) decimal.scale()) > MAX_SCALE) {
      return Optional.empty();
    }
    try {
      return Optional.of(decimal.longValueExact());
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }
}
