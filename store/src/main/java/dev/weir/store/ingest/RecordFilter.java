package dev.weir.store.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.store.SourceDefinition.Condition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The conditions of a mapping, ready to be tested. Immutable. */
final class RecordFilter {

  /** Numbers are equal by value (3 and 3.0), everything else by itself. */
  private static final Comparator<JsonNode> SAME =
      (a, b) -> {
        if (a.isNumber() && b.isNumber()) {
          return a.decimalValue().compareTo(b.decimalValue());
        }
        return a.equals(b) ? 0 : 1;
      };

  private final List<Test> tests;

  private record Test(Condition condition, List<JsonNode> values) {}

  /**
   * Prepares conditions.
   *
   * @throws IllegalArgumentException if the values of one are not JSON or do not fit its test
   */
  RecordFilter(List<Condition> conditions) {
    List<Test> prepared = new ArrayList<>();
    for (Condition condition : conditions) {
      prepared.add(new Test(condition, values(condition)));
    }
    this.tests = List.copyOf(prepared);
  }

  boolean isEmpty() {
    return tests.isEmpty();
  }

  /** Whether all conditions hold. */
  boolean passes(JsonNode object) {
    for (Test test : tests) {
      if (!holds(test, RowJson.get(object, test.condition.field()))) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(Test test, @Nullable JsonNode field) {
    boolean present = field != null && !field.isNull();
    return switch (test.condition.test()) {
      case EXISTS -> present;
      case MISSING -> !present;
      case IN -> field != null && contains(test.values, field);
      case NOT_IN -> field == null || !contains(test.values, field);
    };
  }

  private static boolean contains(List<JsonNode> values, JsonNode field) {
    for (JsonNode value : values) {
      if (value.equals(SAME, field)) {
        return true;
      }
    }
    return false;
  }

  private static List<JsonNode> values(Condition condition) {
    boolean compares =
        switch (condition.test()) {
          case EXISTS, MISSING -> false;
          case IN, NOT_IN -> true;
        };
    if (compares == condition.values().isEmpty()) {
      throw new IllegalArgumentException(
          "the condition on field '"
              + condition.field()
              + (compares ? "' needs values to compare with" : "' takes no values"));
    }
    List<JsonNode> nodes = new ArrayList<>();
    for (String json : condition.values()) {
      try {
        nodes.add(RowJson.value(json.getBytes(StandardCharsets.UTF_8)));
      } catch (IOException e) {
        throw new IllegalArgumentException(
            "the condition on field '"
                + condition.field()
                + "' compares with "
                + json
                + ", which is not JSON: put text in double quotes",
            e);
      }
    }
    return nodes;
  }
}
