package dev.weir.query.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Fault;
import dev.weir.store.Filter;
import dev.weir.store.Filter.Field;
import dev.weir.store.Filter.Value;
import dev.weir.store.filter.ExpressionWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Finds fields that no document of a collection can have, and comparisons that can never hold, as
 * far as the collection's JSON Schema says so. Without a schema, nothing is wrong.
 */
public final class FieldCheck {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A schema with one of these says more than its properties do. */
  private static final List<String> BEYOND =
      List.of("$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "if", "patternProperties");

  private final JsonNode schema;
  private final List<Fault> faults = new ArrayList<>();

  private FieldCheck(JsonNode schema) {
    this.schema = schema;
  }

  /** A check against what a collection's documents look like. */
  public static FieldCheck of(CollectionDefinition collection) {
    String schema = collection.schema();
    if (schema == null) {
      return new FieldCheck(MissingNode.getInstance());
    }
    try {
      return new FieldCheck(JSON.readTree(schema));
    } catch (JsonProcessingException e) {
      return new FieldCheck(MissingNode.getInstance());
    }
  }

  /** What was found so far; each names its field. */
  public List<Fault> faults() {
    return List.copyOf(faults);
  }

  /** Looks at a field. */
  public void field(Field field) {
    found(field);
  }

  /** Looks at all fields and values of a filter. */
  public void filter(Filter filter) {
    if (filter instanceof Filter.And and) {
      and.parts().forEach(this::filter);
    } else if (filter instanceof Filter.Or or) {
      or.parts().forEach(this::filter);
    } else if (filter instanceof Filter.Not not) {
      filter(not.part());
    } else if (filter instanceof Filter.Compare test) {
      values(test.field(), List.of(test.value()));
    } else if (filter instanceof Filter.In test) {
      values(test.field(), test.values());
    } else if (filter instanceof Filter.Between test) {
      values(test.field(), List.of(test.low(), test.high()));
    } else if (filter instanceof Filter.Prefix test) {
      values(test.field(), List.of(new Value.Text(test.prefix())));
    } else if (filter instanceof Filter.Exists test) {
      found(test.field());
    } else if (filter instanceof Filter.Contains test) {
      found(test.field()).ifPresent(found -> element(test, found));
    }
  }

  private void element(Filter.Contains test, JsonNode found) {
    if (types(found).equals(List.of("array"))) {
      values(test.field(), found.path("items"), List.of(test.value()));
    }
  }

  private void values(Field field, List<Value> values) {
    found(field).ifPresent(found -> values(field, found, values));
  }

  private void values(Field field, JsonNode found, List<Value> values) {
    List<String> types = types(found);
    for (Value value : values) {
      if (!types.isEmpty() && !fits(value, types)) {
        faults.add(
            new Fault(
                ExpressionWriter.field(field),
                "is " + String.join(" or ", types) + " by the collection's schema",
                "compare it with a value of that type"));
        return;
      }
    }
  }

  private static boolean fits(Value value, List<String> types) {
    if (value instanceof Value.Text) {
      return types.contains("string");
    } else if (value instanceof Value.Numeric) {
      return types.contains("number") || types.contains("integer");
    }
    return value instanceof Value.Null || types.contains("boolean");
  }

  /** The types that a schema names; none = any. */
  private static List<String> types(JsonNode schema) {
    JsonNode type = schema.path("type");
    List<String> types = new ArrayList<>();
    if (type.isTextual()) {
      types.add(type.textValue());
    } else {
      type.forEach(each -> types.add(each.asText()));
    }
    return BEYOND.stream().anyMatch(schema::has) ? List.of() : types;
  }

  /** The schema of a field; empty = it says nothing of it, or forbids it, which is noted. */
  private Optional<JsonNode> found(Field field) {
    JsonNode at = schema;
    for (String name : field.names()) {
      if (BEYOND.stream().anyMatch(at::has)) {
        return Optional.empty();
      }
      JsonNode property = at.path("properties").path(name);
      if (property.isMissingNode()) {
        JsonNode others = at.path("additionalProperties");
        if (others.isBoolean() && !others.booleanValue()) {
          TreeSet<String> known = new TreeSet<>();
          at.path("properties").fieldNames().forEachRemaining(known::add);
          faults.add(Fault.unknown(ExpressionWriter.field(field), "field", name, known));
        }
        return Optional.empty();
      }
      at = property;
    }
    return Optional.of(at);
  }
}
