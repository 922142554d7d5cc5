package dev.weir.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.store.SourceDefinition.Condition;
import dev.weir.store.SourceDefinition.Condition.Test;
import dev.weir.store.SourceDefinition.KeyFormat;
import dev.weir.store.SourceDefinition.KeyFrom;
import dev.weir.store.SourceDefinition.Mapping;
import dev.weir.store.SourceDefinition.Start;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is particular to sources in the JSON of definitions: what becomes of their records. */
final class MappingParser {

  static final Map<String, KeyFormat> KEY_FORMATS = keyFormats();
  static final Map<String, KeyFrom> KEY_MODES = keyModes();
  static final Map<String, Start> STARTS = starts();

  private MappingParser() {}

  /**
   * How a source's records become documents.
   *
   * @param faults where faults are added
   */
  static Mapping mapping(JsonFields fields, List<Fault> faults) {
    KeyFrom from = KeyFrom.RECORD;
    KeyFormat format = KeyFormat.TEXT;
    List<String> keyFields = List.of();
    JsonNode key = fields.get("key");
    if (key.isObject()) {
      JsonFields parts = new JsonFields(key, fields.at("key"), faults);
      if (key.has("fields")) {
        keyFields = parts.texts("fields");
        from = parts.choice("mode", KEY_MODES, KeyFrom.TRACKED);
      } else {
        format = parts.choice("record", KEY_FORMATS, KeyFormat.TEXT);
      }
      parts.end();
    } else if (!key.isMissingNode() && !key.asText().equals("record")) {
      fields.fault(
          "key",
          "not a way to find the key",
          "write \"record\", {\"record\":\"json\"} or {\"fields\":[\"id\"]}");
    }
    return new Mapping(
        from,
        format,
        keyFields,
        filter(fields, faults),
        fields.texts("drop"),
        rename(fields, faults),
        fields.choice("start", STARTS, Start.EARLIEST));
  }

  private static List<Condition> filter(JsonFields fields, List<Fault> faults) {
    List<JsonNode> nodes = fields.list("filter");
    List<Condition> conditions = new ArrayList<>(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      conditions.add(condition(nodes.get(i), fields.at("filter") + "[" + i + "]", faults));
    }
    return conditions;
  }

  private static Condition condition(JsonNode node, String path, List<Fault> faults) {
    JsonFields fields = new JsonFields(node, path, faults);
    String field = fields.text("field");
    JsonNode exists = fields.get("exists");
    List<String> in = values(fields, "in");
    List<String> notIn = values(fields, "notIn");
    fields.end();
    if (node.has("in") && !node.has("notIn") && !node.has("exists")) {
      return new Condition(field, Test.IN, in);
    }
    if (node.has("notIn") && !node.has("in") && !node.has("exists")) {
      return new Condition(field, Test.NOT_IN, notIn);
    }
    if (!exists.isBoolean() || node.has("in") || node.has("notIn")) {
      faults.add(
          new Fault(
              path,
              "a condition has exactly one test",
              "add \"exists\": true or false, \"in\": […] or \"notIn\": […]"));
    }
    return new Condition(field, exists.asBoolean() ? Test.EXISTS : Test.MISSING, List.of());
  }

  private static List<String> values(JsonFields fields, String field) {
    List<String> values = new ArrayList<>();
    for (JsonNode value : fields.list(field)) {
      if (value.isTextual() || value.isNumber() || value.isBoolean()) {
        values.add(value.toString());
      } else {
        fields.fault(
            field, "holds " + value.getNodeType(), "compare with texts, numbers, booleans");
      }
    }
    return values;
  }

  private static Map<String, String> rename(JsonFields fields, List<Fault> faults) {
    Map<String, String> rename = new TreeMap<>();
    JsonNode node = fields.get("rename");
    if (!node.isMissingNode()) {
      JsonFields names = new JsonFields(node, fields.at("rename"), faults);
      node.fieldNames().forEachRemaining(old -> rename.put(old, names.text(old)));
    }
    return rename;
  }

  private static Map<String, KeyFormat> keyFormats() {
    Map<String, KeyFormat> formats = new TreeMap<>();
    formats.put("text", KeyFormat.TEXT);
    formats.put("json", KeyFormat.JSON);
    formats.put("binary", KeyFormat.BINARY);
    return formats;
  }

  private static Map<String, KeyFrom> keyModes() {
    Map<String, KeyFrom> modes = new TreeMap<>();
    modes.put("tracked", KeyFrom.TRACKED);
    modes.put("immutable", KeyFrom.IMMUTABLE);
    return modes;
  }

  private static Map<String, Start> starts() {
    Map<String, Start> starts = new TreeMap<>();
    starts.put("earliest", Start.EARLIEST);
    starts.put("latest", Start.LATEST);
    return starts;
  }
}
