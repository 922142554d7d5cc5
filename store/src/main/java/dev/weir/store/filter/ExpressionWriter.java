package dev.weir.store.filter;

import dev.weir.store.Filter;
import dev.weir.store.Filter.Field;
import dev.weir.store.Filter.Relation;
import dev.weir.store.Filter.Value;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes filters as the text that {@link ExpressionReader} reads as the same filters, but for
 * conjunctions and disjunctions of one part, which come back as that part.
 */
public final class ExpressionWriter {
  /** Words that are no names of fields unless they stand in backticks. */
  static final Set<String> RESERVED = Set.of("true", "false", "null", "in");

  private ExpressionWriter() {}

  /** The filter as text. */
  public static String text(Filter filter) {
    if (filter instanceof Filter.And and) {
      return list(and.parts(), " && ", "true");
    } else if (filter instanceof Filter.Or or) {
      return list(or.parts(), " || ", "false");
    } else if (filter instanceof Filter.Not not) {
      return "!(" + text(not.part()) + ")";
    } else if (filter instanceof Filter.Compare test) {
      return field(test.field()) + symbol(test.relation()) + value(test.value());
    } else if (filter instanceof Filter.In test) {
      return field(test.field())
          + test.values().stream()
              .map(ExpressionWriter::value)
              .collect(Collectors.joining(", ", " in [", "]"));
    } else if (filter instanceof Filter.Between test) {
      String ends = value(test.low()) + ", " + value(test.high());
      return "between(" + field(test.field()) + ", " + ends + ")";
    } else if (filter instanceof Filter.Prefix test) {
      return field(test.field()) + ".startsWith(" + quoted(test.prefix(), '"') + ")";
    } else if (filter instanceof Filter.Exists test) {
      return (test.present() ? "" : "!") + "has(" + field(test.field()) + ")";
    }
    Filter.Contains test = (Filter.Contains) filter;
    return field(test.field()) + ".contains(" + value(test.value()) + ")";
  }

  /** A field as expressions, orders and lists of fields name it. */
  public static String field(Field field) {
    return field.names().stream().map(ExpressionWriter::name).collect(Collectors.joining("."));
  }

  private static String name(String name) {
    boolean plain =
        !name.isEmpty()
            && !RESERVED.contains(name)
            && !(name.charAt(0) >= '0' && name.charAt(0) <= '9')
            && name.chars()
                .allMatch(
                    c ->
                        (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || c == '_');
    return plain ? name : quoted(name, '`');
  }

  private static String list(List<Filter> parts, String between, String none) {
    if (parts.isEmpty()) {
      return none;
    } else if (parts.size() == 1) {
      return text(parts.get(0));
    }
    return parts.stream()
        .map(part -> joined(part) ? "(" + text(part) + ")" : text(part))
        .collect(Collectors.joining(between));
  }

  private static boolean joined(Filter filter) {
    List<Filter> parts =
        filter instanceof Filter.And and
            ? and.parts()
            : filter instanceof Filter.Or or ? or.parts() : List.of();
    return parts.size() > 1 || (parts.size() == 1 && joined(parts.get(0)));
  }

  private static String symbol(Relation relation) {
    return switch (relation) {
      case EQ -> " == ";
      case NE -> " != ";
      case LT -> " < ";
      case LTE -> " <= ";
      case GT -> " > ";
      case GTE -> " >= ";
    };
  }

  private static String value(Value value) {
    if (value instanceof Value.Text text) {
      return quoted(text.text(), '"');
    } else if (value instanceof Value.Numeric number) {
      return number.number().toString();
    } else if (value instanceof Value.Flag flag) {
      return Boolean.toString(flag.flag());
    }
    return "null";
  }

  private static String quoted(String text, char quote) {
    StringBuilder out = new StringBuilder().append(quote);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == quote || c == '\\') {
        out.append('\\').append(c);
      } else if (Character.isISOControl(c)) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append(quote).toString();
  }
}
