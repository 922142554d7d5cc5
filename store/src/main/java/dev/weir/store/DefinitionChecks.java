package dev.weir.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.SourceDefinition.Condition;
import dev.weir.store.SourceDefinition.KeyFrom;
import dev.weir.store.SourceDefinition.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether a definition makes sense. Pure, and the same for every version of Weir that may fold one
 * log: the fold decides by it. What depends on the build at hand (which value formats it knows, how
 * its schema library reads a schema) is checked by {@link DefinitionReader} before a definition
 * gets that far.
 */
public final class DefinitionChecks {

  /** The highest id; more definitions than that are never made in the life of an application. */
  public static final int MOST_IDS = 1_000_000;

  /** The highest number of records whose changes are kept. */
  private static final int MOST_CHANGES = 100_000_000;

  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_TOPIC = 249;
  private static final int MOST_KEY_FIELDS = 16;

  private static final int DEEPEST_SCHEMA = 100;
  private static final String HALF_CHARACTER = "holds half a character (a lone surrogate)";

  private DefinitionChecks() {}

  /** What is wrong with a collection; paths as in its JSON. */
  public static List<Fault> of(CollectionDefinition collection) {
    List<Fault> faults = new ArrayList<>();
    checkName("name", collection.name(), faults);
    checkName("value", collection.format(), faults);
    checkRevision(collection.revision(), faults);
    EdgeChecks.check(collection, faults);
    if (collection.changes() < 0 || collection.changes() > MOST_CHANGES) {
      faults.add(
          new Fault(
              "changes",
              "out of range: " + collection.changes(),
              "say of how many of the newest records they are kept, 0 to " + MOST_CHANGES));
    }
    String schema = collection.schema();
    if (schema != null) {
      if (!collection.format().equals("json")) {
        faults.add(
            new Fault("schema", "only JSON documents have one", "remove it or set value: json"));
      }
      checkSchema(schema, faults);
    }
    return faults;
  }

  /** What is wrong with a source by itself; paths as in its JSON. */
  public static List<Fault> of(SourceDefinition source) {
    List<Fault> faults = new ArrayList<>();
    checkName("name", source.name(), faults);
    checkTopic(source.topic(), faults);
    checkName("collection", source.collection(), faults);
    checkRevision(source.revision(), faults);
    checkKey(source.mapping(), faults);
    List<Condition> filter = source.mapping().filter();
    for (int i = 0; i < filter.size(); i++) {
      checkCondition(filter.get(i), "filter[" + i + "]", faults);
    }
    checkFields(source.mapping(), faults);
    return faults;
  }

  /** What keeps a source from feeding a collection. */
  public static List<Fault> feeding(SourceDefinition source, CollectionDefinition collection) {
    List<Fault> faults = new ArrayList<>();
    if (collection.writer() == Writer.FIELD) {
      faults.add(
          new Fault(
              "collection",
              "'" + collection.name() + "' takes its edges from a field of documents",
              "feed those documents, or declare other edges without a field"));
    } else if (collection.writer() != Writer.SOURCE) {
      faults.add(
          new Fault(
              "collection",
              "'" + collection.name() + "' takes its documents from the API",
              "set its writer to source, or feed another collection"));
    }
    Mapping mapping = source.mapping();
    int parts = TupleCodec.parts(collection.keyType()).size();
    boolean known =
        !collection.keyType().equals(CollectionDefinition.UNKNOWN_ENDS)
            || collection.edge() == null;
    if (known && mapping.keyFrom() != KeyFrom.RECORD && mapping.keyFields().size() != parts) {
      faults.add(
          new Fault(
              "key.fields",
              mapping.keyFields().size()
                  + " fields for a key of type "
                  + collection.keyType().text(),
              "name one field for each of the " + parts + " parts, in their order"));
    }
    return faults;
  }

  private static void checkSchema(String schema, List<Fault> faults) {
    JsonNode tree = parse(schema);
    if (tree == null || !(tree.isObject() || tree.isBoolean())) {
      faults.add(new Fault("schema", "not a JSON Schema", "write a JSON object"));
    } else if (depth(tree) > DEEPEST_SCHEMA) {
      faults.add(new Fault("schema", "nested more than 100 deep", "move inner parts to $defs"));
    } else if (Utf8.loneSurrogate(tree.toString()) >= 0) {
      faults.add(new Fault("schema", HALF_CHARACTER, "correct the text"));
    }
  }

  static void checkName(String path, String name, List<Fault> faults) {
    boolean valid = !name.isEmpty() && name.length() <= LONGEST_NAME && isLetter(name.charAt(0));
    for (int i = 0; valid && i < name.length(); i++) {
      char c = name.charAt(i);
      valid = isLetter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }
    if (!valid) {
      faults.add(
          new Fault(
              path,
              "not a name: " + Unfit.excerpt(name),
              "use 1 to 64 lower-case letters, digits, - and _, beginning with a letter"));
    }
  }

  private static void checkTopic(String topic, List<Fault> faults) {
    boolean valid =
        !topic.isEmpty()
            && topic.length() <= LONGEST_TOPIC
            && !topic.equals(".")
            && !topic.equals("..");
    for (int i = 0; valid && i < topic.length(); i++) {
      char c = topic.charAt(i);
      valid =
          isLetter(c) || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "._-".indexOf(c) >= 0;
    }
    if (!valid) {
      faults.add(
          new Fault(
              "topic",
              "not a Kafka topic: " + Unfit.excerpt(topic),
              "use 1 to 249 letters, digits, '.', '_' and '-'"));
    }
  }

  private static void checkRevision(int revision, List<Fault> faults) {
    if (revision < 0) {
      faults.add(new Fault("revision", "negative: " + revision, "count from 1 upwards"));
    }
  }

  private static void checkKey(Mapping mapping, List<Fault> faults) {
    List<String> fields = mapping.keyFields();
    if (mapping.keyFrom() == KeyFrom.RECORD) {
      if (!fields.isEmpty()) {
        faults.add(
            new Fault(
                "key.fields",
                "the key is the record's, not one of fields",
                "remove the fields, or set the mode to tracked or immutable"));
      }
      return;
    }
    if (fields.isEmpty() || fields.size() > MOST_KEY_FIELDS) {
      faults.add(new Fault("key.fields", fields.size() + " fields", "name 1 to 16 fields"));
    }
    checkNames("key.fields", fields, faults);
  }

  private static void checkCondition(Condition condition, String path, List<Fault> faults) {
    checkNames(path + ".field", List.of(condition.field()), faults);
    boolean compares =
        condition.test() == Condition.Test.IN || condition.test() == Condition.Test.NOT_IN;
    if (compares == condition.values().isEmpty()) {
      faults.add(
          compares
              ? new Fault(path, "nothing to compare with", "list at least one value")
              : new Fault(path, "values that are not compared with", "remove them"));
    }
    for (String value : condition.values()) {
      JsonNode tree = parse(value);
      if (tree == null
          || !(tree.isTextual() || tree.isNumber() || tree.isBoolean())
          || Utf8.loneSurrogate(tree.asText()) >= 0) {
        faults.add(
            new Fault(
                path,
                Unfit.excerpt(value) + " cannot be compared with",
                "give the JSON of a text (in quotes), a number or a boolean"));
      }
    }
  }

  private static void checkFields(Mapping mapping, List<Fault> faults) {
    checkNames("drop", mapping.dropFields(), faults);
    Set<String> targets = new TreeSet<>();
    // Sorted, because a map's order may differ between the replicas that decide by this.
    List<String> renamed = mapping.renameFields().keySet().stream().sorted().toList();
    checkNames("rename", renamed, faults);
    for (String old : renamed) {
      String target = mapping.renameFields().getOrDefault(old, "");
      checkNames("rename." + old, List.of(target), faults);
      if (!targets.add(target)) {
        faults.add(
            new Fault(
                "rename." + old,
                "two fields would become " + Unfit.excerpt(target),
                "give them different names"));
      }
      if (mapping.dropFields().contains(old)) {
        faults.add(
            new Fault("rename." + old, "the field is also dropped", "either drop or rename it"));
      }
    }
  }

  static void checkNames(String path, List<String> names, List<Fault> faults) {
    Set<String> seen = new TreeSet<>();
    for (String name : names) {
      if (name.isEmpty()) {
        faults.add(new Fault(path, "an empty field name", "name a field"));
      } else if (Utf8.loneSurrogate(name) >= 0) {
        faults.add(new Fault(path, HALF_CHARACTER, "correct the name"));
      } else if (!seen.add(name)) {
        faults.add(new Fault(path, Unfit.excerpt(name) + " twice", "name it once"));
      }
    }
  }

  private static int depth(JsonNode tree) {
    int deepest = 0;
    for (JsonNode child : tree) {
      deepest = Math.max(deepest, depth(child));
    }
    return deepest + 1;
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static @Nullable JsonNode parse(String json) {
    try {
      return JsonTrees.MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
