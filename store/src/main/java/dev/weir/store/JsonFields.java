package dev.weir.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of one JSON object, read one by one; every fault is noted and reading goes on with a
 * stand-in value, so that all faults are found at once. {@link #end} notes the fields that nobody
 * asked for.
 */
final class JsonFields {

  /** The problem of something without any fields. */
  static final String NO_OBJECT = "not a JSON object";

  private final JsonNode object;
  private final String path;
  private final List<Fault> faults;
  private final Set<String> known = new LinkedHashSet<>();

  /** Reads {@code node}, which is noted as a fault if it is no object. */
  JsonFields(JsonNode node, String path, List<Fault> faults) {
    this.path = path;
    this.faults = faults;
    this.object = node;
    if (!node.isObject()) {
      faults.add(new Fault(path, NO_OBJECT, "write fields and values"));
    }
  }

  /** The field's value; a missing node if it is absent or null. */
  JsonNode get(String field) {
    known.add(field);
    JsonNode value = object.path(field);
    return value.isNull() ? MissingNode.getInstance() : value;
  }

  /** A text that must be there. */
  String text(String field) {
    JsonNode value = get(field);
    if (value.isMissingNode()) {
      if (object.isObject()) {
        fault(field, "missing", "add it");
      }
      return "";
    }
    return text(value, at(field)).orElse("");
  }

  /** A text, or {@code absent}. */
  String text(String field, String absent) {
    JsonNode value = get(field);
    return value.isMissingNode() ? absent : text(value, at(field)).orElse(absent);
  }

  /** One of a few words, or {@code absent}. */
  <T> T choice(String field, Map<String, T> choices, T absent) {
    JsonNode value = get(field);
    if (value.isMissingNode()) {
      return absent;
    }
    Optional<String> text = text(value, at(field));
    if (text.isPresent() && !choices.containsKey(text.get())) {
      faults.add(Fault.unknown(at(field), "value", text.get(), choices.keySet()));
    }
    return text.map(choices::get).orElse(absent);
  }

  /** A whole number of at least {@code least}, or {@code absent}. */
  int number(String field, int least, int absent) {
    JsonNode value = get(field);
    if (value.isMissingNode()) {
      return absent;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < least) {
      fault(field, "not a whole number", "give one from " + least + " to " + Integer.MAX_VALUE);
      return absent;
    }
    return value.intValue();
  }

  /** A list, empty if absent. */
  List<JsonNode> list(String field) {
    JsonNode value = get(field);
    List<JsonNode> list = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(list::add);
    } else if (!value.isMissingNode()) {
      fault(field, "not a list", "write its entries in square brackets, as in [a, b]");
    }
    return list;
  }

  /** A list of texts, empty if absent. */
  List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    List<JsonNode> list = list(field);
    for (int i = 0; i < list.size(); i++) {
      text(list.get(i), at(field) + "[" + i + "]").ifPresent(texts::add);
    }
    return texts;
  }

  /** Notes the fields that were not asked for. */
  void end() {
    if (object instanceof ObjectNode fields) {
      fields
          .fieldNames()
          .forEachRemaining(
              name -> {
                if (!known.contains(name)) {
                  faults.add(Fault.unknown(path, "field", name, known));
                }
              });
    }
  }

  /** Notes a fault of one field. */
  void fault(String field, String problem, String advice) {
    faults.add(new Fault(at(field), problem, advice));
  }

  /** The path of a field. */
  String at(String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  private Optional<String> text(JsonNode value, String at) {
    if (!value.isTextual()) {
      faults.add(new Fault(at, "not a text", "write it in quotes"));
      return Optional.empty();
    }
    return Optional.of(value.textValue());
  }
}
