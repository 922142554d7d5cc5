package dev.weir.store.filter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.store.Filter;
import dev.weir.store.Filter.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What filters mean, said once more and as simply as possible, on trees. */
public final class NaiveFilter {
  private NaiveFilter() {}

  /** Whether a filter is true of a document. */
  public static boolean matches(Filter filter, JsonNode document) {
    if (filter instanceof Filter.And and) {
      return and.parts().stream().allMatch(part -> matches(part, document));
    } else if (filter instanceof Filter.Or or) {
      return or.parts().stream().anyMatch(part -> matches(part, document));
    } else if (filter instanceof Filter.Not not) {
      return !matches(not.part(), document);
    } else if (filter instanceof Filter.Exists exists) {
      JsonNode value = at(exists.field(), document);
      return exists.present() != (value.isMissingNode() || value.isNull());
    } else if (filter instanceof Filter.Prefix prefix) {
      JsonNode value = at(prefix.field(), document);
      return value.isTextual() && value.textValue().startsWith(prefix.prefix());
    } else if (filter instanceof Filter.In in) {
      return in.values().stream().anyMatch(v -> equal(at(in.field(), document), v));
    } else if (filter instanceof Filter.Between between) {
      JsonNode value = at(between.field(), document);
      return comparable(value, between.low())
          && order(value, between.low()) >= 0
          && order(value, between.high()) <= 0;
    } else if (filter instanceof Filter.Contains contains) {
      return contains(at(contains.field(), document), contains.value());
    }
    Filter.Compare compare = (Filter.Compare) filter;
    return compare(at(compare.field(), document), compare);
  }

  private static boolean compare(JsonNode value, Filter.Compare test) {
    boolean comparable = comparable(value, test.value());
    return switch (test.relation()) {
      case EQ -> equal(value, test.value());
      case NE -> !equal(value, test.value());
      case LT -> comparable && order(value, test.value()) < 0;
      case LTE -> comparable && order(value, test.value()) <= 0;
      case GT -> comparable && order(value, test.value()) > 0;
      case GTE -> comparable && order(value, test.value()) >= 0;
    };
  }

  private static boolean contains(JsonNode value, Value wanted) {
    if (value.isArray()) {
      for (JsonNode element : value) {
        if (equal(element, wanted)) {
          return true;
        }
      }
      return false;
    }
    return value.isTextual()
        && wanted instanceof Value.Text text
        && value.textValue().contains(text.text());
  }

  private static JsonNode at(Filter.Field field, JsonNode document) {
    JsonNode node = document;
    for (String name : field.names()) {
      node = node.path(name);
    }
    return node;
  }

  private static boolean equal(JsonNode value, Value wanted) {
    if (wanted instanceof Value.Null) {
      return value.isNull() || value.isMissingNode();
    } else if (wanted instanceof Value.Flag flag) {
      return value.isBoolean() && value.booleanValue() == flag.flag();
    }
    return comparable(value, wanted) && order(value, wanted) == 0;
  }

  private static boolean comparable(JsonNode value, Value wanted) {
    return wanted instanceof Value.Text ? value.isTextual() : value.isNumber();
  }

  private static int order(JsonNode value, Value wanted) {
    if (wanted instanceof Value.Text text) {
      return Arrays.compareUnsigned(
          value.textValue().getBytes(StandardCharsets.UTF_8),
          text.text().getBytes(StandardCharsets.UTF_8));
    }
    BigDecimal number = ((Value.Numeric) wanted).number();
    return value.decimalValue().compareTo(number);
  }
}
