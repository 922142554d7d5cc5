package dev.weir.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.store.CollectionDefinition.Edge;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.DefinitionChange.DropCollection;
import dev.weir.store.DefinitionChange.DropIndex;
import dev.weir.store.DefinitionChange.DropSource;
import dev.weir.store.DefinitionChange.Mode;
import dev.weir.store.DefinitionChange.PutCollection;
import dev.weir.store.DefinitionChange.PutIndex;
import dev.weir.store.DefinitionChange.PutSource;
import dev.weir.store.DefinitionReader.DeclaredIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads definitions from JSON trees: their shape, not yet whether they make sense together. Faults
 * are collected; what is returned is meaningful only if there are none.
 */
final class DefinitionParser {

  static final String CHANGES_KEPT = "changes";
  static final Map<String, Writer> WRITERS = writers();
  static final Map<String, Mode> MODES = modes();

  private static final List<String> CHANGES =
      List.of(
          "putCollection",
          "putEdges",
          "dropCollection",
          "putSource",
          "dropSource",
          "putIndex",
          "dropIndex");

  private final boolean withIds;
  private final List<Fault> faults = new ArrayList<>();
  private final List<Declared> declared = new ArrayList<>();
  private boolean declares;

  /**
   * An index that stands in the list of its collection.
   *
   * @param path of its place
   */
  record Declared(String path, DeclaredIndex index) {}

  /**
   * @param withIds whether definitions must carry their ids, as persisted ones do
   */
  DefinitionParser(boolean withIds) {
    this.withIds = withIds;
  }

  /** Collections may hold their indexes from now on, as people write them. */
  void declareIndexes() {
    declares = true;
  }

  /** The indexes that stood in the collections read so far. */
  List<Declared> declared() {
    return declared;
  }

  List<Fault> faults() {
    return faults;
  }

  Catalogue catalogue(JsonNode node) {
    JsonFields fields = new JsonFields(node, "", faults);
    int revision = required(fields, "revision", 0);
    int nextId = required(fields, "nextId", 1);
    List<CollectionDefinition> collections =
        EdgeParser.joined(collections(fields), edges(fields), faults);
    List<SourceDefinition> sources = sources(fields);
    List<IndexDefinition> indexes = indexes(fields);
    fields.end();
    if (nextId > DefinitionChecks.MOST_IDS + 1) {
      fields.fault("nextId", "too large", "it counts definitions");
    }
    checkIds("collections", collections.stream().map(CollectionDefinition::id).toList(), nextId);
    checkIds("sources", sources.stream().map(SourceDefinition::id).toList(), nextId);
    checkIds(IndexJson.LIST, indexes.stream().map(IndexDefinition::id).toList(), nextId);
    for (IndexDefinition index : indexes) {
      if (collections.stream().noneMatch(c -> c.id() == index.collection())) {
        faults.add(new Fault(IndexJson.LIST, "an index of no collection", "add the collection"));
      }
    }
    return new Catalogue(revision, nextId, collections, sources, indexes);
  }

  /** Whoever indexes by id may rely on this. */
  private void checkIds(String path, List<Integer> ids, int nextId) {
    int last = 0;
    for (int id : ids) {
      if (id <= last || id >= nextId) {
        faults.add(new Fault(path, "ids out of order", "let them rise, below nextId"));
        return;
      }
      last = id;
    }
  }

  List<CollectionDefinition> collections(JsonFields outer) {
    List<JsonNode> nodes = outer.list("collections");
    List<CollectionDefinition> collections = new ArrayList<>(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      collections.add(collection(nodes.get(i), outer.at("collections") + "[" + i + "]"));
    }
    return collections;
  }

  List<CollectionDefinition> edges(JsonFields outer) {
    List<JsonNode> nodes = outer.list("edges");
    List<CollectionDefinition> edges = new ArrayList<>(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      edges.add(edges(nodes.get(i), outer.at("edges") + "[" + i + "]"));
    }
    return edges;
  }

  List<SourceDefinition> sources(JsonFields outer) {
    List<JsonNode> nodes = outer.list("sources");
    List<SourceDefinition> sources = new ArrayList<>(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      sources.add(source(nodes.get(i), outer.at("sources") + "[" + i + "]"));
    }
    return sources;
  }

  private List<IndexDefinition> indexes(JsonFields outer) {
    List<JsonNode> nodes = outer.list(IndexJson.LIST);
    List<IndexDefinition> indexes = new ArrayList<>(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      JsonFields fields = new JsonFields(nodes.get(i), IndexJson.LIST + "[" + i + "]", faults);
      indexes.add(IndexJson.read(fields, required(fields, "id", 1), IndexJson.collection(fields)));
      fields.end();
    }
    return indexes;
  }

  private void declared(JsonFields outer, String collection) {
    if (!declares) {
      return;
    }
    List<JsonNode> nodes = outer.list(IndexJson.LIST);
    for (int i = 0; i < nodes.size(); i++) {
      String path = outer.at(IndexJson.LIST) + "[" + i + "]";
      JsonFields fields = new JsonFields(nodes.get(i), path, faults);
      IndexDefinition index = IndexJson.read(fields, 0, 0);
      fields.end();
      declared.add(new Declared(path, new DeclaredIndex(collection, index)));
    }
  }

  List<DefinitionChange> changes(JsonNode node) {
    List<DefinitionChange> changes = new ArrayList<>();
    if (!node.isArray()) {
      faults.add(new Fault("", "not a list of changes", "write the changes in square brackets"));
    }
    for (int i = 0; i < node.size(); i++) {
      changes.add(change(node.get(i), "[" + i + "]"));
    }
    return changes;
  }

  CollectionDefinition collection(JsonNode node, String path) {
    JsonFields fields = new JsonFields(node, path, faults);
    CollectionDefinition collection =
        new CollectionDefinition(
            id(fields),
            fields.text("name"),
            keyType(fields),
            fields.text("value", "json"),
            fields.choice("writer", WRITERS, Writer.API),
            schema(fields.get("schema")),
            consistency(fields),
            fields.number("revision", 0, 1),
            null,
            fields.number(CHANGES_KEPT, 0, 0));
    declared(fields, collection.name());
    fields.end();
    return collection;
  }

  CollectionDefinition edges(JsonNode node, String path) {
    JsonFields fields = new JsonFields(node, path, faults);
    Edge edge = EdgeParser.edge(fields);
    CollectionDefinition edges =
        new CollectionDefinition(
            withIds ? required(fields, EdgeParser.NUMBER, 1) : 0,
            fields.text("name"),
            CollectionDefinition.UNKNOWN_ENDS,
            fields.text("value", "json"),
            fields.choice("writer", WRITERS, EdgeParser.writer(edge)),
            schema(fields.get("schema")),
            consistency(fields),
            fields.number("revision", 0, 1),
            edge,
            fields.number(CHANGES_KEPT, 0, 0));
    declared(fields, edges.name());
    fields.end();
    return edges;
  }

  SourceDefinition source(JsonNode node, String path) {
    JsonFields fields = new JsonFields(node, path, faults);
    SourceDefinition source =
        new SourceDefinition(
            id(fields),
            fields.text("name"),
            fields.text("topic"),
            fields.text("collection"),
            MappingParser.mapping(fields, faults),
            fields.number("revision", 0, 1));
    fields.end();
    return source;
  }

  private DefinitionChange change(JsonNode node, String path) {
    JsonFields fields = new JsonFields(node, path, faults);
    String kind = fields.text("change");
    DefinitionChange change =
        switch (kind) {
          case "putCollection" ->
              new PutCollection(
                  collection(fields.get("definition"), fields.at("definition")), mode(fields));
          case "putEdges" ->
              new PutCollection(
                  edges(fields.get("definition"), fields.at("definition")), mode(fields));
          case "putSource" ->
              new PutSource(
                  source(fields.get("definition"), fields.at("definition")), mode(fields));
          case "dropSource" -> new DropSource(fields.text("name"));
          case "putIndex" -> putIndex(fields);
          case "dropIndex" -> new DropIndex(fields.text("collection"), fields.text("name"));
          default -> new DropCollection(fields.text("name"));
        };
    if (!CHANGES.contains(kind)) {
      faults.add(Fault.unknown(fields.at("change"), "change", kind, CHANGES));
    }
    fields.end();
    return change;
  }

  private PutIndex putIndex(JsonFields fields) {
    JsonFields definition =
        new JsonFields(fields.get("definition"), fields.at("definition"), faults);
    IndexDefinition index = IndexJson.read(definition, 0, 0);
    definition.end();
    return new PutIndex(fields.text("collection"), index, mode(fields));
  }

  private static Mode mode(JsonFields fields) {
    return fields.choice("mode", MODES, Mode.APPLY);
  }

  private int id(JsonFields fields) {
    return withIds ? required(fields, "id", 1) : 0;
  }

  private static int required(JsonFields fields, String field, int least) {
    if (fields.get(field).isMissingNode()) {
      fields.fault(field, "missing", "add it");
    }
    return fields.number(field, least, least);
  }

  private static KeyType keyType(JsonFields fields) {
    String text = fields.text("key");
    try {
      return text.isEmpty() ? KeyType.Scalar.STRING : KeyType.parse(text);
    } catch (IllegalArgumentException e) {
      fields.fault(
          "key",
          "unknown key type " + Unfit.excerpt(text),
          "use string, long, uuid, bytes or tuple(<type>,<type>)");
      return KeyType.Scalar.STRING;
    }
  }

  private static Consistency consistency(JsonFields fields) {
    String text = fields.text("consistency", Consistency.SESSION.text());
    try {
      return Consistency.parse(text);
    } catch (IllegalArgumentException e) {
      fields.fault(
          "consistency",
          "unknown consistency " + Unfit.excerpt(text),
          String.valueOf(e.getMessage()));
      return Consistency.SESSION;
    }
  }

  /** A schema is an object or a boolean; text is a schema that was not written plainly as JSON. */
  private static @Nullable String schema(JsonNode node) {
    if (node.isMissingNode()) {
      return null;
    }
    return node.isTextual() ? node.textValue() : node.toString();
  }

  private static Map<String, Writer> writers() {
    Map<String, Writer> writers = new TreeMap<>();
    writers.put("api", Writer.API);
    writers.put("source", Writer.SOURCE);
    writers.put("field", Writer.FIELD);
    return writers;
  }

  private static Map<String, Mode> modes() {
    Map<String, Mode> modes = new TreeMap<>();
    modes.put("seed", Mode.SEED);
    modes.put("apply", Mode.APPLY);
    return modes;
  }
}
