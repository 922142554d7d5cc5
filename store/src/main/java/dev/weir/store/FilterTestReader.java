package dev.weir.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.store.Filter.Field;
import dev.weir.store.Filter.Relation;
import dev.weir.store.Filter.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the tests of one field after the other, noting their faults. */
final class FilterTestReader {
  /** Relations by the words for them. */
  private static final Map<String, Relation> RELATIONS = new LinkedHashMap<>();

  private static final List<String> OPERATORS;

  static {
    for (Relation relation : Relation.values()) {
      RELATIONS.put(FilterWriter.word(relation), relation);
    }
    List<String> all = new ArrayList<>(RELATIONS.keySet());
    all.addAll(FilterWriter.OTHERS);
    OPERATORS = List.copyOf(all);
  }

  private final List<Fault> faults;
  private int parts;

  FilterTestReader(List<Fault> faults) {
    this.faults = faults;
  }

  /** Tests and values read so far. */
  int parts() {
    return parts;
  }

  Filter field(String name, JsonNode json, String at) {
    Field field = Field.of(name);
    if (field.names().contains("")) {
      faults.add(new Fault(at, "a field without a name", "write names with dots between them"));
    }
    if (!(json instanceof ObjectNode operators)) {
      parts++;
      return value(json, at)
          .<Filter>map(value -> new Filter.Compare(field, Relation.EQ, value))
          .orElse(Filter.ALL);
    }
    if (operators.isEmpty()) {
      faults.add(new Fault(at, "no operator", "use one of " + String.join(", ", OPERATORS)));
    }
    List<Filter> tests = new ArrayList<>();
    operators
        .properties()
        .forEach(
            operator -> {
              parts++;
              String place = at + "." + operator.getKey();
              test(field, operator.getKey(), operator.getValue(), place).ifPresent(tests::add);
            });
    return tests.size() == 1 ? tests.get(0) : new Filter.And(tests);
  }

  private Optional<Filter> test(Field field, String operator, JsonNode json, String at) {
    Relation relation = RELATIONS.get(operator);
    if (relation != null) {
      return compare(field, relation, json, at);
    }
    return switch (operator) {
      case FilterWriter.IN -> values(json, at).map(values -> new Filter.In(field, values));
      case FilterWriter.BETWEEN -> between(field, json, at);
      case FilterWriter.PREFIX ->
          expect(json.isTextual(), at, "not a text", "write it in quotes")
              ? Optional.of(new Filter.Prefix(field, json.textValue()))
              : Optional.empty();
      case FilterWriter.EXISTS ->
          expect(json.isBoolean(), at, "neither true nor false", "write true or false")
              ? Optional.of(new Filter.Exists(field, json.booleanValue()))
              : Optional.empty();
      case FilterWriter.NULL ->
          expect(json.isBoolean(), at, "neither true nor false", "write true or false")
              ? Optional.of(new Filter.Exists(field, !json.booleanValue()))
              : Optional.empty();
      case FilterWriter.CONTAINS -> value(json, at).map(v -> new Filter.Contains(field, v));
      default -> {
        Fault fault = Fault.unknown(at, "operator", operator, OPERATORS);
        String within = "; a field within this one is written " + field.path() + "." + operator;
        faults.add(new Fault(at, fault.problem(), fault.advice() + within));
        yield Optional.empty();
      }
    };
  }

  private Optional<Filter> compare(Field field, Relation relation, JsonNode json, String at) {
    Optional<Value> value = value(json, at);
    if (value.isPresent() && relation.ordered() && !value.get().ordered()) {
      faults.add(new Fault(at, "has no order", "compare with a text or a number"));
      return Optional.empty();
    }
    return value.map(v -> new Filter.Compare(field, relation, v));
  }

  private Optional<Filter> between(Field field, JsonNode json, String at) {
    if (!expect(json.isArray() && json.size() == 2, at, "not two values", "write [low, high]")) {
      return Optional.empty();
    }
    Optional<Value> low = value(json.get(0), at + "[0]");
    Optional<Value> high = value(json.get(1), at + "[1]");
    if (low.isEmpty() || high.isEmpty()) {
      return Optional.empty();
    }
    boolean range = low.get().ordered() && low.get().getClass() == high.get().getClass();
    return expect(range, at, "not a range", "write two texts or two numbers")
        ? Optional.of(new Filter.Between(field, low.get(), high.get()))
        : Optional.empty();
  }

  private Optional<List<Value>> values(JsonNode json, String at) {
    if (!expect(json.isArray(), at, "not a list", "write values in square brackets")) {
      return Optional.empty();
    }
    List<Value> values = new ArrayList<>();
    for (JsonNode element : json) {
      parts++;
      value(element, at + "[" + values.size() + "]").ifPresent(values::add);
    }
    return Optional.of(values);
  }

  private Optional<Value> value(JsonNode json, String at) {
    if (json.isTextual()) {
      return Optional.of(new Value.Text(json.textValue()));
    }
    if (json.isNumber()) {
      return number(json, at);
    }
    if (json.isBoolean()) {
      return Optional.of(new Value.Flag(json.booleanValue()));
    }
    if (json.isNull()) {
      return Optional.of(new Value.Null());
    }
    String kind = json.getNodeType().name().toLowerCase(Locale.ROOT);
    faults.add(
        new Fault(
            at,
            "an " + kind + " is no value to compare with",
            "write a text, a number, true, false or null; for one of several, use in"));
    return Optional.empty();
  }

  private Optional<Value> number(JsonNode json, String at) {
    try {
      BigDecimal number = json.decimalValue();
      return Optional.of(new Value.Numeric(number));
    } catch (ArithmeticException | NumberFormatException e) {
      faults.add(new Fault(at, "not a number that can be compared", "write a smaller one"));
      return Optional.empty();
    }
  }

  private boolean expect(boolean holds, String at, String problem, String advice) {
    if (!holds) {
      faults.add(new Fault(at, problem, advice));
    }
    return holds;
  }
}
