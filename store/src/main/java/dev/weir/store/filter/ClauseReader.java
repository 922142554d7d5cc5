package dev.weir.store.filter;

import dev.weir.store.Filter.Field;
import dev.weir.store.Query.Order;
import dev.weir.store.SearchQuery.Kind;
import dev.weir.store.SearchQuery.Measure;
import dev.weir.store.SearchQuery.Sort;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads what stands beside an expression, with fields written as there: lists with commas. */
public final class ClauseReader {
  /** Fields that documents are ordered by. */
  private static final int MOST_SORTS = 6;

  private static final int MOST_FIELDS = 100;
  private static final int MOST_MEASURES = 20;
  private static final String KINDS = "count, sum(field), min(field), max(field) or avg(field)";

  private ClauseReader() {}

  /** What documents are ordered by, such as {@code age desc, name}. */
  public static Clause<Sort> order(String text) {
    return list(text, MOST_SORTS, ClauseReader::sort);
  }

  /** Fields, such as {@code name, address.city}. */
  public static Clause<Field> fields(String text) {
    return list(text, MOST_FIELDS, ExpressionWords::field);
  }

  /** What is wanted of a group, such as {@code count, sum(total)}. */
  public static Clause<Measure> measures(String text) {
    return list(text, MOST_MEASURES, ClauseReader::measure);
  }

  private interface Item<T> {
    T read(ExpressionWords words) throws ExpressionException;
  }

  private static <T> Clause<T> list(String text, int most, Item<T> item) {
    try {
      ExpressionWords words = new ExpressionWords(text);
      List<T> items = new ArrayList<>();
      do {
        if (items.size() == most) {
          throw words.unfit("at most " + most + " entries");
        }
        items.add(item.read(words));
      } while (words.take(","));
      words.end("a comma or the end");
      return new Clause.Good<>(items);
    } catch (ExpressionException e) {
      return new Clause.Bad<>(e.at());
    }
  }

  private static Sort sort(ExpressionWords words) throws ExpressionException {
    Field field = words.field();
    boolean descending = words.peek().isWord("desc");
    if (descending || words.peek().isWord("asc")) {
      words.take();
    }
    return new Sort(field, descending ? Order.DESC : Order.ASC);
  }

  private static Measure measure(ExpressionWords words) throws ExpressionException {
    for (Kind kind : Kind.values()) {
      String name = kind.name().toLowerCase(Locale.ROOT);
      if (words.atCall(name)) {
        words.take();
        words.expect("(");
        Field field = words.field();
        words.expect(")");
        return new Measure(kind, field);
      }
    }
    if (words.peek().isWord("count")) {
      words.take();
      return new Measure(Kind.COUNT, null);
    }
    throw words.unfit(KINDS);
  }
}
