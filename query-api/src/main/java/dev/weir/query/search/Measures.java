package dev.weir.query.search;

import dev.weir.store.Filter.Field;
import dev.weir.store.Filter.Value;
import dev.weir.store.SearchQuery.Aggregate;
import dev.weir.store.SearchQuery.Aggregated;
import dev.weir.store.SearchQuery.Group;
import dev.weir.store.SearchQuery.Kind;
import dev.weir.store.SearchQuery.Measure;
import dev.weir.store.SearchQuery.Measured;
import dev.weir.store.filter.ExpressionWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Groups and their measures as plain values: texts, numbers, truth values, null. */
public final class Measures {
  private static final String SKIPPED = "skipped";

  private Measures() {}

  /** The groups; where documents are not parted there is one, also if there are none. */
  public static List<Group> groups(Aggregate query, Aggregated answer) {
    return query.groupBy() == null && answer.groups().isEmpty()
        ? List.of(
            new Group(
                new byte[0], null, Collections.nCopies(query.measures().size(), Measured.NOTHING)))
        : answer.groups();
  }

  /** What a measure is called, such as {@code sum(total)}. */
  public static String name(Measure measure) {
    Field field = measure.field();
    String kind = measure.kind().name().toLowerCase(Locale.ROOT);
    return field == null ? kind : kind + "(" + ExpressionWriter.field(field) + ")";
  }

  /** What a group's measures come to, by their names, with what was left out under "skipped". */
  public static Map<String, Object> of(Aggregate query, Group group) {
    Map<String, Object> values = new LinkedHashMap<>();
    Map<String, Object> skipped = new LinkedHashMap<>();
    for (int i = 0; i < query.measures().size(); i++) {
      Measure measure = query.measures().get(i);
      Measured measured = group.measured().get(i);
      values.put(name(measure), value(measure.kind(), measured));
      if (measured.skipped() > 0) {
        skipped.put(name(measure), measured.skipped());
      }
    }
    if (!skipped.isEmpty()) {
      values.put(SKIPPED, skipped);
    }
    return values;
  }

  /** What a measure comes to; the mean has 34 digits. */
  public static @Nullable Object value(Kind kind, Measured measured) {
    return switch (kind) {
      case COUNT -> measured.count();
      case SUM -> measured.sum();
      case MIN, MAX -> value(measured.edge());
      case AVG -> mean(measured);
    };
  }

  private static @Nullable BigDecimal mean(Measured measured) {
    return measured.count() == 0
        ? null
        : measured.sum().divide(BigDecimal.valueOf(measured.count()), MathContext.DECIMAL128);
  }

  /** A value as JSON has it; what is absent or no single value is null. */
  public static @Nullable Object value(@Nullable Value value) {
    if (value instanceof Value.Text text) {
      return text.text();
    } else if (value instanceof Value.Numeric number) {
      return number.number();
    }
    return value instanceof Value.Flag flag ? flag.flag() : null;
  }
}
