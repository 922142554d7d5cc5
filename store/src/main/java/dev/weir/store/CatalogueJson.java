package dev.weir.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.store.CollectionDefinition.Edge;
import dev.weir.store.DefinitionChange.DropCollection;
import dev.weir.store.DefinitionChange.DropIndex;
import dev.weir.store.DefinitionChange.DropSource;
import dev.weir.store.DefinitionChange.Mode;
import dev.weir.store.DefinitionChange.PutCollection;
import dev.weir.store.DefinitionChange.PutIndex;
import dev.weir.store.DefinitionChange.PutSource;
import dev.weir.store.SourceDefinition.Condition;
import dev.weir.store.SourceDefinition.KeyFormat;
import dev.weir.store.SourceDefinition.KeyFrom;
import dev.weir.store.SourceDefinition.Mapping;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Definitions as JSON: for people (as {@code weir.yaml} and the API name things, without ids) and,
 * with ids and always the same bytes for the same definitions, for the log and the state.
 */
public final class CatalogueJson {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private CatalogueJson() {}

  /**
   * The catalogue for people: revision, collections and sources, in the order of their ids, which
   * are left out. It cannot be read back into a catalogue; {@link #toTree} can.
   */
  public static ObjectNode toJson(Catalogue catalogue) {
    ObjectNode json = NODES.objectNode().put("revision", catalogue.revision());
    ArrayNode collections = json.putArray("collections");
    ArrayNode edges = json.putArray("edges");
    catalogue
        .collections()
        .forEach(
            c ->
                (c.edge() == null ? collections : edges).add(toJson(c, catalogue.indexes(c.id()))));
    ArrayNode sources = json.putArray("sources");
    catalogue.sources().forEach(s -> sources.add(toJson(s)));
    return json;
  }

  /** A collection for people; of an edge type, as it stands in the list {@code edges}. */
  public static ObjectNode toJson(CollectionDefinition collection) {
    ObjectNode json = NODES.objectNode().put("name", collection.name());
    Edge edge = collection.edge();
    if (edge == null) {
      json.put("key", collection.keyType().text());
    } else {
      ends(edge, json);
    }
    json.put("value", collection.format())
        .put("writer", word(DefinitionParser.WRITERS, collection.writer()));
    String schema = collection.schema();
    if (schema != null) {
      json.set("schema", schema(schema));
    }
    // Left out where it is the usual one: nodes that do not know it read what they did before.
    if (!collection.consistency().equals(Consistency.SESSION)) {
      json.put("consistency", collection.consistency().text());
    }
    if (collection.changes() > 0) {
      json.put(DefinitionParser.CHANGES_KEPT, collection.changes());
    }
    return json.put("revision", collection.revision());
  }

  /** A collection with its indexes for people. */
  public static ObjectNode toJson(CollectionDefinition collection, List<IndexDefinition> indexes) {
    ObjectNode json = toJson(collection);
    indexes.forEach(index -> json.withArray(IndexJson.LIST).add(IndexJson.write(index)));
    return json;
  }

  /** An index for people, as it stands in the list of its collection. */
  public static ObjectNode toJson(IndexDefinition index) {
    return IndexJson.write(index);
  }

  private static void ends(Edge edge, ObjectNode json) {
    json.put(EdgeParser.FROM, edge.from()).put(EdgeParser.TO, edge.to());
    if (edge.id() != null) {
      json.put(EdgeParser.ID, edge.id().text());
    }
    if (edge.field() != null) {
      json.put(EdgeParser.FIELD, edge.field().text());
    }
    if (edge.inverse() != null) {
      json.put(EdgeParser.INVERSE, edge.inverse());
    }
  }

  /**
   * A source for people. What contradicts the kind of key (such as fields of a record key) is left
   * out.
   *
   * @throws IllegalArgumentException if a condition's value is not JSON
   */
  public static ObjectNode toJson(SourceDefinition source) {
    Mapping mapping = source.mapping();
    ObjectNode json =
        NODES
            .objectNode()
            .put("name", source.name())
            .put("topic", source.topic())
            .put("collection", source.collection());
    json.set("key", key(mapping));
    mapping.filter().forEach(c -> json.withArray("filter").add(condition(c)));
    mapping.dropFields().forEach(f -> json.withArray("drop").add(f));
    new TreeMap<>(mapping.renameFields()).forEach((o, n) -> json.withObject("rename").put(o, n));
    return json.put("start", word(MappingParser.STARTS, mapping.start()))
        .put("revision", source.revision());
  }

  /**
   * The catalogue as it is persisted. It is read back before it is returned: what cannot be read
   * would stop every shard and must not get into the log.
   *
   * @throws IllegalArgumentException if it cannot, as with a negative revision or a condition's
   *     value that is not JSON
   */
  public static byte[] write(Catalogue catalogue) {
    byte[] json = bytes(toTree(catalogue));
    try {
      readCatalogue(json);
      return json;
    } catch (UnreadableDefinitionsException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * The catalogue with all ids, as part of another JSON text; {@link #readCatalogue(JsonNode)}
   * reads it.
   *
   * @throws IllegalArgumentException as {@link #write(Catalogue)}
   */
  public static ObjectNode toTree(Catalogue catalogue) {
    ObjectNode json =
        NODES.objectNode().put("revision", catalogue.revision()).put("nextId", catalogue.nextId());
    ArrayNode collections = json.putArray("collections");
    for (CollectionDefinition collection : catalogue.collections()) {
      if (collection.edge() == null) {
        collections.add(withId("id", collection.id(), toJson(collection)));
      } else {
        // Not there without edge types: nodes that know none read what they did before.
        json.withArray("edges").add(withId(EdgeParser.NUMBER, collection.id(), toJson(collection)));
      }
    }
    ArrayNode sources = json.putArray("sources");
    for (SourceDefinition source : catalogue.sources()) {
      sources.add(withId("id", source.id(), toJson(source)));
    }
    // Not there without indexes, as above.
    catalogue
        .indexes()
        .forEach(index -> json.withArray(IndexJson.LIST).add(IndexJson.numbered(index)));
    return json;
  }

  /**
   * Changes as the log carries them; ids are left out.
   *
   * @throws IllegalArgumentException as {@link #write(Catalogue)}
   */
  public static byte[] write(List<DefinitionChange> changes) {
    ArrayNode json = NODES.arrayNode(changes.size());
    changes.forEach(change -> json.add(change(change)));
    byte[] bytes = bytes(json);
    try {
      readChanges(bytes);
      return bytes;
    } catch (UnreadableDefinitionsException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Reads {@link #write(Catalogue)}. */
  public static Catalogue readCatalogue(byte[] json) throws UnreadableDefinitionsException {
    return readCatalogue(tree(json));
  }

  /** Reads {@link #toTree}; what {@link #toJson(Catalogue)} gives has no ids and is refused. */
  public static Catalogue readCatalogue(JsonNode json) throws UnreadableDefinitionsException {
    DefinitionParser parser = new DefinitionParser(true);
    Catalogue catalogue = parser.catalogue(json);
    check(parser);
    return catalogue;
  }

  /** Reads {@link #write(List)}; the ids are 0. */
  public static List<DefinitionChange> readChanges(byte[] json)
      throws UnreadableDefinitionsException {
    DefinitionParser parser = new DefinitionParser(false);
    List<DefinitionChange> changes = parser.changes(tree(json));
    check(parser);
    return changes;
  }

  private static JsonNode tree(byte[] json) throws UnreadableDefinitionsException {
    try {
      JsonNode tree = JsonTrees.MAPPER.readTree(json);
      if (!tree.isMissingNode()) {
        return tree;
      }
    } catch (IOException e) {
      // falls through: what exactly is broken does not matter
    }
    throw UnreadableDefinitionsException.damaged();
  }

  private static void check(DefinitionParser parser) throws UnreadableDefinitionsException {
    if (!parser.faults().isEmpty()) {
      throw UnreadableDefinitionsException.newer(parser.faults());
    }
  }

  private static ObjectNode change(DefinitionChange change) {
    ObjectNode json = NODES.objectNode();
    if (change instanceof PutCollection put) {
      String kind = put.definition().edge() == null ? "putCollection" : "putEdges";
      return put(json, kind, put.mode(), toJson(put.definition()));
    }
    if (change instanceof PutSource put) {
      return put(json, "putSource", put.mode(), toJson(put.definition()));
    }
    if (change instanceof PutIndex put) {
      json.put("collection", put.collection());
      return put(json, "putIndex", put.mode(), IndexJson.write(put.definition()));
    }
    if (change instanceof DropIndex drop) {
      return json.put("change", "dropIndex")
          .put("collection", drop.collection())
          .put("name", drop.name());
    }
    if (change instanceof DropCollection drop) {
      return json.put("change", "dropCollection").put("name", drop.name());
    }
    return json.put("change", "dropSource").put("name", ((DropSource) change).name());
  }

  private static ObjectNode put(ObjectNode json, String kind, Mode mode, ObjectNode definition) {
    json.put("change", kind).put("mode", word(DefinitionParser.MODES, mode));
    return json.set("definition", definition);
  }

  private static ObjectNode withId(String name, int id, ObjectNode definition) {
    ObjectNode json = NODES.objectNode().put(name, id);
    return json.setAll(definition);
  }

  private static JsonNode key(Mapping mapping) {
    if (mapping.keyFrom() == KeyFrom.RECORD) {
      return mapping.keyFormat() == KeyFormat.TEXT
          ? NODES.textNode("record")
          : NODES.objectNode().put("record", word(MappingParser.KEY_FORMATS, mapping.keyFormat()));
    }
    ObjectNode json = NODES.objectNode();
    ArrayNode fields = json.putArray("fields");
    mapping.keyFields().forEach(fields::add);
    return json.put("mode", word(MappingParser.KEY_MODES, mapping.keyFrom()));
  }

  private static ObjectNode condition(Condition condition) {
    ObjectNode json = NODES.objectNode().put("field", condition.field());
    switch (condition.test()) {
      case EXISTS -> json.put("exists", true);
      case MISSING -> json.put("exists", false);
      case IN -> values(json.putArray("in"), condition.values());
      case NOT_IN -> values(json.putArray("notIn"), condition.values());
    }
    return json;
  }

  private static void values(ArrayNode array, List<String> values) {
    for (String value : values) {
      try {
        array.add(JsonTrees.MAPPER.readTree(value));
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException("not a JSON value: " + Unfit.excerpt(value), e);
      }
    }
  }

  /** As a tree if the tree gives back exactly this text, else as text: reading returns it as is. */
  private static JsonNode schema(String schema) {
    try {
      JsonNode tree = JsonTrees.MAPPER.readTree(schema);
      boolean plain = tree.isContainerNode() || tree.isBoolean();
      return !plain || !tree.toString().equals(schema) ? NODES.textNode(schema) : tree;
    } catch (JsonProcessingException e) {
      return NODES.textNode(schema);
    }
  }

  private static <T> String word(Map<String, T> words, T meaning) {
    for (Map.Entry<String, T> entry : words.entrySet()) {
      if (entry.getValue().equals(meaning)) {
        return entry.getKey();
      }
    }
    throw new IllegalStateException("no word for " + meaning);
  }

  private static byte[] bytes(JsonNode json) {
    try {
      return JsonTrees.MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("text that cannot be written as JSON", e);
    }
  }
}
