package dev.weir.store;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * A condition on JSON documents, as a tree. It is either true or false of a document, never
 * unknown: a field that is absent is as one that is null, and a test of order or of text is false
 * of it. Immutable.
 *
 * <p>Numbers are compared by value (3 and 3.0 are equal), texts by their code points; values of
 * different kinds are neither equal nor in an order. Nothing depends on a locale.
 */
public sealed interface Filter {

  /** True of every document. */
  Filter ALL = new And(List.of());

  /** Nested filters that are still read: what is deeper is refused. */
  int MOST_DEPTH = 16;

  /** Tests and values that a filter may have altogether. */
  int MOST_PARTS = 1000;

  /**
   * A field set beside one value.
   *
   * @param value a text or a number where {@code relation} is one of order
   */
  record Compare(Field field, Relation relation, Value value) implements Filter {
    public Compare {
      if (relation.ordered() && !value.ordered()) {
        throw new IllegalArgumentException("only texts and numbers have an order, not " + value);
      }
    }
  }

  /** A field that has one of some values; none of them = false. */
  record In(Field field, List<Value> values) implements Filter {
    public In {
      values = List.copyOf(values);
    }
  }

  /**
   * A field from {@code low} to {@code high}, both included; both are texts, or both are numbers.
   */
  record Between(Field field, Value low, Value high) implements Filter {
    public Between {
      if (!low.ordered() || low.getClass() != high.getClass()) {
        throw new IllegalArgumentException("no range: from " + low + " to " + high);
      }
    }
  }

  /** A text that begins with another one. */
  record Prefix(Field field, String prefix) implements Filter {}

  /** A field that is there and not null, or the opposite. */
  record Exists(Field field, boolean present) implements Filter {}

  /** A list with an element that equals the value, or a text that has the text within it. */
  record Contains(Field field, Value value) implements Filter {}

  /** All parts hold; none = true. */
  record And(List<Filter> parts) implements Filter {
    public And {
      parts = List.copyOf(parts);
    }
  }

  /** At least one part holds; none = false. */
  record Or(List<Filter> parts) implements Filter {
    public Or {
      parts = List.copyOf(parts);
    }
  }

  /** The part does not hold. */
  record Not(Filter part) implements Filter {}

  /** How a field is compared. */
  enum Relation {
    EQ(false),
    /** Exactly where {@link #EQ} is false, so of absent fields too. */
    NE(false),
    LT(true),
    LTE(true),
    GT(true),
    GTE(true);

    private final boolean ordered;

    Relation(boolean ordered) {
      this.ordered = ordered;
    }

    /** Whether it needs values that have an order. */
    public boolean ordered() {
      return ordered;
    }
  }

  /** What a field is compared with. */
  sealed interface Value {

    /** Whether it has an order among its kind. */
    default boolean ordered() {
      return false;
    }

    /** A text. */
    record Text(String text) implements Value {
      @Override
      public boolean ordered() {
        return true;
      }
    }

    /**
     * A number.
     *
     * @param number kept without trailing zeros, so that equal numbers are equal records
     */
    record Numeric(BigDecimal number) implements Value {
      public Numeric {
        number = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
      }

      @Override
      public boolean ordered() {
        return true;
      }
    }

    /** True or false. */
    record Flag(boolean flag) implements Value {}

    /** Absent or null. */
    record Null() implements Value {}
  }

  /**
   * Where a value is in a document: names of fields, each within the object of the one before.
   *
   * @param names at least one
   */
  record Field(List<String> names) {
    public Field {
      names = List.copyOf(names);
      if (names.isEmpty()) {
        throw new IllegalArgumentException("a field has a name");
      }
    }

    /**
     * Reads names with dots between them; a backslash before a dot or a backslash takes it into the
     * name.
     */
    public static Field of(String path) {
      List<String> names = new ArrayList<>();
      StringBuilder name = new StringBuilder();
      for (int i = 0; i < path.length(); i++) {
        char c = path.charAt(i);
        if (c == '\\' && i + 1 < path.length()) {
          name.append(path.charAt(++i));
        } else if (c == '.') {
          names.add(name.toString());
          name.setLength(0);
        } else {
          name.append(c);
        }
      }
      names.add(name.toString());
      return new Field(names);
    }

    /** What {@link #of} reads. */
    public String path() {
      StringBuilder path = new StringBuilder();
      for (String name : names) {
        path.append(path.isEmpty() ? "" : ".")
            .append(name.replace("\\", "\\\\").replace(".", "\\."));
      }
      return path.toString();
    }
  }
}
