package dev.weir.store.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.store.Filter;
import dev.weir.store.Filter.Field;
import dev.weir.store.Filter.Relation;
import dev.weir.store.Filter.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random documents and filters over a few names and values, so that they often meet. */
public final class FilterSamples {
  private static final List<String> NAMES = List.of("a", "b", "c", "x.y", "and");
  private static final List<String> TEXTS =
      List.of("", "a", "ab", "abc", "b", "ß", "\uffff", "\ud83d\ude00", "\"\\\n");
  private static final List<BigDecimal> NUMBERS =
      List.of(
          new BigDecimal("0"),
          new BigDecimal("0.0"),
          new BigDecimal("1"),
          new BigDecimal("1.0"),
          new BigDecimal("1e0"),
          new BigDecimal("-1.5"),
          new BigDecimal("100"),
          new BigDecimal("1e2"),
          new BigDecimal("9223372036854775807"),
          new BigDecimal("9223372036854775808"),
          new BigDecimal("1e400"));

  private final Random random;

  /** Samples drawn by chance. */
  public FilterSamples(Random random) {
    this.random = random;
  }

  /** A document. */
  public ObjectNode document() {
    return object(0);
  }

  private ObjectNode object(int depth) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (String name : NAMES) {
      if (random.nextInt(3) > 0) {
        object.set(name, value(depth));
      }
    }
    return object;
  }

  private JsonNode value(int depth) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    int kind = random.nextInt(depth > 2 ? 4 : 6);
    if (kind == 5) {
      return object(depth + 1);
    } else if (kind == 4) {
      ArrayNode list = nodes.arrayNode();
      for (int i = random.nextInt(4); i > 0; i--) {
        list.add(value(depth + 2));
      }
      return list;
    } else if (kind == 3) {
      return random.nextBoolean() ? nodes.nullNode() : nodes.booleanNode(random.nextBoolean());
    }
    return kind == 2 ? DecimalNode.valueOf(one(NUMBERS)) : nodes.textNode(one(TEXTS));
  }

  /** A filter within so many others. */
  public Filter filter(int depth) {
    int kind = random.nextInt(depth > 3 ? 6 : 10);
    return switch (kind) {
      case 0, 1 -> {
        Relation relation = one(List.of(Relation.values()));
        yield new Filter.Compare(field(), relation, relation.ordered() ? ordered() : operand());
      }
      case 2 -> new Filter.In(field(), operands());
      case 3 -> between();
      case 4 -> new Filter.Prefix(field(), one(TEXTS));
      case 5 -> new Filter.Exists(field(), random.nextBoolean());
      case 6 -> new Filter.Contains(field(), operand());
      case 7 -> new Filter.And(filters(depth));
      case 8 -> new Filter.Or(filters(depth));
      default -> new Filter.Not(filter(depth + 1));
    };
  }

  private Filter between() {
    Value low = ordered();
    Value high = ordered();
    while (low.getClass() != high.getClass()) {
      high = ordered();
    }
    return new Filter.Between(field(), low, high);
  }

  private List<Filter> filters(int depth) {
    List<Filter> filters = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      filters.add(filter(depth + 1));
    }
    return filters;
  }

  /** A field. */
  public Field field() {
    List<String> names = new ArrayList<>();
    do {
      names.add(one(NAMES));
    } while (random.nextInt(3) == 0);
    return new Field(names);
  }

  private List<Value> operands() {
    List<Value> values = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      values.add(operand());
    }
    return values;
  }

  private Value operand() {
    return switch (random.nextInt(4)) {
      case 0 -> new Value.Null();
      case 1 -> new Value.Flag(random.nextBoolean());
      default -> ordered();
    };
  }

  private Value ordered() {
    return random.nextBoolean() ? new Value.Text(one(TEXTS)) : new Value.Numeric(one(NUMBERS));
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
