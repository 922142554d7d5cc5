package dev.weir.query.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.store.CatalogueJson;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Edge;
import dev.weir.store.FieldReference;
import dev.weir.store.IndexDefinition;
import dev.weir.store.KeyType;
import dev.weir.store.SourceDefinition;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes a configuration in code: what a {@code weir.yaml} would say, checked in the same way. Not
 * thread-safe.
 */
public final class Builder {

  private final ObjectNode tree = JsonNodeFactory.instance.objectNode();

  Builder() {}

  /** Sets the database's name; required. */
  public Builder application(String name) {
    return set(Setting.APPLICATION, name);
  }

  /** Sets where Kafka is; required. */
  public Builder bootstrapServers(String servers) {
    return kafka("bootstrap.servers", servers);
  }

  /** Passes a property to every Kafka client. */
  public Builder kafka(String name, String value) {
    tree.withObjectProperty("kafka").put(name, value);
    return this;
  }

  /** Sets where the HTTP API listens; port 0 = any free one. */
  public Builder listen(String hostPort) {
    return set(Setting.LISTEN, hostPort);
  }

  /** Sets the directory of this node's shards; no other node may have it. */
  public Builder stateDirectory(Path directory) {
    return set(Setting.STATE_DIRECTORY, directory.toAbsolutePath().toString());
  }

  /** Sets the number of shards, fixed by the first start of the database. */
  public Builder shards(int shards) {
    return set(Setting.SHARDS, Integer.toString(shards));
  }

  /** Sets any setting, in the form a file would have it. */
  public Builder set(Setting setting, String value) {
    ObjectNode node = tree;
    for (String step : setting.steps().subList(0, setting.steps().size() - 1)) {
      node = node.withObjectProperty(step);
    }
    node.put(setting.steps().get(setting.steps().size() - 1), value);
    return this;
  }

  /** Adds a collection of JSON documents that API calls write. */
  public Builder collection(String name, KeyType keys) {
    return collection(
        new CollectionDefinition(0, name, keys, "json", CollectionDefinition.Writer.API, null, 1));
  }

  /**
   * Adds an edge type with properties in JSON that API calls write.
   *
   * @param from name of the collection that its edges begin at
   * @param to name of the collection that they end at
   */
  public Builder edges(String name, String from, String to) {
    return collection(CollectionDefinition.edges(name, new Edge(from, to, null, null)));
  }

  /**
   * Adds an edge type whose edges are made of a field of documents.
   *
   * @param from name of the collection that its edges begin at
   * @param field of its documents, such as {@code creatorId} or {@code friends.personId}
   * @param to name of the collection that the references mean
   */
  public Builder edgesFrom(String from, String field, String name, String to) {
    return collection(
        CollectionDefinition.edges(name, new Edge(from, to, null, FieldReference.parse(field))));
  }

  /** Adds a collection or an edge type; its id is ignored. */
  public Builder collection(CollectionDefinition definition) {
    String list = definition.edge() == null ? "collections" : "edges";
    tree.withArrayProperty(list).add(CatalogueJson.toJson(definition));
    return this;
  }

  /**
   * Adds an index to a collection that was added before.
   *
   * @param name no other index of the collection has it
   * @param fields paths such as {@code address.city}; documents are ordered by the first, then by
   *     the next
   */
  public Builder index(String collection, String name, String... fields) {
    return index(collection, IndexDefinition.on(name, List.of(fields)));
  }

  /**
   * Adds an index to a collection that was added before; its ids are ignored.
   *
   * @throws IllegalArgumentException if the collection was not
   */
  public Builder index(String collection, IndexDefinition definition) {
    for (String list : List.of("collections", "edges")) {
      for (JsonNode added : tree.path(list)) {
        if (added instanceof ObjectNode object && added.path("name").asText().equals(collection)) {
          object.withArrayProperty("indexes").add(CatalogueJson.toJson(definition));
          return this;
        }
      }
    }
    throw new IllegalArgumentException("add the collection '" + collection + "' first");
  }

  /** Adds a collection of JSON documents that a topic feeds, keyed by the text of its records. */
  public Builder collectionFrom(String topic, String name, KeyType keys) {
    collection(
        new CollectionDefinition(
            0, name, keys, "json", CollectionDefinition.Writer.SOURCE, null, 1));
    ObjectNode source = tree.withArrayProperty("sources").addObject();
    source.put("name", name).put("topic", topic).put("collection", name);
    source.put("key", "record");
    return this;
  }

  /** Adds a source; its id is ignored. */
  public Builder source(SourceDefinition definition) {
    tree.withArrayProperty("sources").add(CatalogueJson.toJson(definition));
    return this;
  }

  /**
   * Starts a node with this configuration.
   *
   * @throws InvalidConfigException with every fault found in it
   * @throws WeirStartException if it cannot start as things are
   */
  public Weir start() {
    return Weir.start(build());
  }

  /**
   * The configuration.
   *
   * @throws InvalidConfigException with every fault found in it
   */
  public WeirConfig build() {
    return new ConfigReader(tree, Path.of("").toAbsolutePath()).read("this configuration");
  }
}
