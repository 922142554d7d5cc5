package dev.weir.store.filter;

import dev.weir.store.Fault;
import dev.weir.store.Filter;
import dev.weir.store.Filter.Field;
import dev.weir.store.Filter.Relation;
import dev.weir.store.Filter.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads filters that people write as text, such as {@code age >= 18 && (city == "Oslo" || "x" in
 * tags)}: the part of the Common Expression Language that a {@link Filter} can say, and {@code
 * between}. Takes time in proportion to the length of the text.
 */
public final class ExpressionReader {
  private static final Map<String, Relation> RELATIONS =
      Map.of(
          "==", Relation.EQ,
          "!=", Relation.NE,
          "<", Relation.LT,
          "<=", Relation.LTE,
          ">", Relation.GT,
          ">=", Relation.GTE);

  private static final List<String> FUNCTIONS = List.of("has", "between");
  private static final List<String> METHODS = List.of("startsWith", "contains");
  private static final String TEST = "a test, such as name == \"x\"";
  private static final String BEHIND = "==, !=, <, <=, >, >=, in, && or ||";

  /** So deep parentheses may be nested that change nothing. */
  private static final int MOST_NESTED = 100;

  private final ExpressionWords words;
  private int parts;
  private int nested;

  private ExpressionReader(ExpressionWords words) {
    this.words = words;
  }

  /**
   * A part of the filter.
   *
   * @param depth of its tree, 1 = a single test
   */
  private record Node(Filter filter, int depth) {}

  /** Reads a text. */
  public static Expression read(String text) {
    try {
      ExpressionWords words = new ExpressionWords(text);
      Node whole = new ExpressionReader(words).any();
      words.end("&&, || or the end");
      return new Expression.Good(whole.filter());
    } catch (ExpressionException e) {
      return new Expression.Bad(e.at());
    }
  }

  private Node any() throws ExpressionException {
    int at = words.peek().at();
    Node first = all();
    if (!words.peek().is("||")) {
      return first;
    }
    List<Filter> read = new ArrayList<>(List.of(first.filter()));
    int depth = first.depth();
    while (words.take("||")) {
      Node part = all();
      read.add(part.filter());
      depth = Math.max(depth, part.depth());
    }
    return node(new Filter.Or(read), depth, at);
  }

  private Node all() throws ExpressionException {
    int at = words.peek().at();
    Node first = negation();
    if (!words.peek().is("&&")) {
      return first;
    }
    List<Filter> read = new ArrayList<>(List.of(first.filter()));
    int depth = first.depth();
    while (words.take("&&")) {
      Node part = negation();
      read.add(part.filter());
      depth = Math.max(depth, part.depth());
    }
    return node(new Filter.And(read), depth, at);
  }

  private Node negation() throws ExpressionException {
    int at = words.peek().at();
    if (!words.take("!")) {
      return single();
    }
    if (words.atCall("has")) {
      return test(new Filter.Exists(has(), false), at);
    }
    nest(at);
    Node part = negation();
    nested--;
    return node(new Filter.Not(part.filter()), part.depth(), at);
  }

  private Node single() throws ExpressionException {
    int at = words.peek().at();
    if (words.take("(")) {
      nest(at);
      Node within = any();
      nested--;
      words.expect(")");
      return within;
    } else if (words.atValue()) {
      return valueFirst(at);
    } else if (words.atCall("has")) {
      return test(new Filter.Exists(has(), true), at);
    } else if (words.atCall("between")) {
      return test(between(), at);
    } else if (words.peek().isName() && words.second().is("(")) {
      throw unknown("function", FUNCTIONS);
    } else if (!words.peek().isName()) {
      throw words.unfit(TEST);
    }
    return test(fieldFirst(words.field()), at);
  }

  private Filter fieldFirst(Field field) throws ExpressionException {
    if (words.take(".")) {
      return method(field);
    }
    Relation relation = RELATIONS.get(words.peek().text());
    if (relation != null && words.peek().is(words.peek().text())) {
      words.take();
      return new Filter.Compare(
          field, relation, relation.ordered() ? words.ordered() : words.value());
    }
    if (!words.peek().isWord("in")) {
      return new Filter.Compare(field, Relation.EQ, new Value.Flag(true));
    }
    words.take();
    if (!words.take("[")) {
      throw words.unfit("[ and values; a value in a list is asked for as value in field");
    }
    List<Value> values = new ArrayList<>();
    while (!words.take("]")) {
      if (!values.isEmpty()) {
        words.expect(",");
      }
      count(words.peek().at());
      values.add(words.value());
    }
    return new Filter.In(field, values);
  }

  private Filter method(Field field) throws ExpressionException {
    String name = words.peek().text();
    if (!METHODS.contains(name)) {
      throw unknown("method", METHODS);
    }
    words.take();
    words.expect("(");
    Filter filter;
    if (name.equals("contains")) {
      filter = new Filter.Contains(field, words.value());
    } else {
      int at = words.peek().at();
      if (!(words.value() instanceof Value.Text text)) {
        throw new ExpressionException(at, "not a text", "a text in quotes");
      }
      filter = new Filter.Prefix(field, text.text());
    }
    words.expect(")");
    return filter;
  }

  /** A value before its field, or one that stands for every document or for none. */
  private Node valueFirst(int at) throws ExpressionException {
    ExpressionToken first = words.peek();
    Value value = words.value();
    Relation relation = RELATIONS.get(words.peek().text());
    if (relation != null && words.peek().is(words.peek().text())) {
      if (relation.ordered() && !value.ordered()) {
        throw new ExpressionException(at, first.text() + " has no order", "a text or a number");
      }
      words.take();
      return test(new Filter.Compare(words.field(), turned(relation), value), at);
    } else if (words.peek().isWord("in")) {
      words.take();
      return test(new Filter.Contains(words.field(), value), at);
    } else if (value instanceof Value.Flag flag) {
      return new Node(flag.flag() ? Filter.ALL : new Filter.Or(List.of()), 1);
    }
    throw words.unfit(BEHIND);
  }

  private static Relation turned(Relation relation) {
    return switch (relation) {
      case EQ, NE -> relation;
      case LT -> Relation.GT;
      case LTE -> Relation.GTE;
      case GT -> Relation.LT;
      case GTE -> Relation.LTE;
    };
  }

  private Field has() throws ExpressionException {
    words.take();
    words.expect("(");
    Field field = words.field();
    words.expect(")");
    return field;
  }

  private Filter between() throws ExpressionException {
    words.take();
    words.expect("(");
    Field field = words.field();
    words.expect(",");
    Value low = words.ordered();
    words.expect(",");
    int at = words.peek().at();
    Value high = words.ordered();
    if (low.getClass() != high.getClass()) {
      throw new ExpressionException(
          at, "not of the kind of the lower end", "two texts or two numbers");
    }
    words.expect(")");
    return new Filter.Between(field, low, high);
  }

  private ExpressionException unknown(String what, List<String> known) {
    ExpressionToken name = words.peek();
    if (name.text().equals("matches")) {
      return new ExpressionException(
          name.at(), "there are no regular expressions", "startsWith, contains or in");
    }
    Fault fault = Fault.unknown("", what, name.text(), known);
    return new ExpressionException(name.at(), fault.problem(), String.join(" or ", known));
  }

  private Node test(Filter test, int at) throws ExpressionException {
    count(at);
    return new Node(test, 1);
  }

  private void count(int at) throws ExpressionException {
    if (++parts > Filter.MOST_PARTS) {
      throw new ExpressionException(
          at, "too many tests and values", "at most " + Filter.MOST_PARTS);
    }
  }

  private void nest(int at) throws ExpressionException {
    if (++nested > MOST_NESTED) {
      throw new ExpressionException(at, "nested too deep", "at most " + MOST_NESTED + " within");
    }
  }

  private static Node node(Filter filter, int within, int at) throws ExpressionException {
    if (within >= Filter.MOST_DEPTH) {
      throw new ExpressionException(
          at,
          "nested too deep",
          "&&, || and ! at most " + (Filter.MOST_DEPTH - 1) + " within each other");
    }
    return new Node(filter, within + 1);
  }
}
