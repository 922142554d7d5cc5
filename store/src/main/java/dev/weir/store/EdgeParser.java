package dev.weir.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.store.CollectionDefinition.Edge;
import dev.weir.store.CollectionDefinition.Ends;
import dev.weir.store.CollectionDefinition.Writer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is particular to edge types in the JSON of definitions. The number of the definition is
 * called {@code collection} there, because {@code id} is the type of the edges' ids.
 */
final class EdgeParser {

  static final String NUMBER = "collection";
  static final String FROM = "from";
  static final String TO = "to";
  static final String ID = "id";
  static final String FIELD = "field";
  static final String INVERSE = "inverse";

  private static final Map<String, KeyType.Scalar> IDS = ids();

  private EdgeParser() {}

  /** The ends of an edge type and where its edges come from. */
  static Edge edge(JsonFields fields) {
    return new Edge(
        fields.text(FROM),
        fields.text(TO),
        fields.get(ID).isMissingNode() ? null : fields.choice(ID, IDS, KeyType.Scalar.STRING),
        field(fields),
        name(fields),
        null);
  }

  /** Who writes edges if nothing else is said. */
  static Writer writer(Edge edge) {
    return edge.field() == null ? Writer.API : Writer.FIELD;
  }

  /** Collections with their edge types, whose ends are looked up among them, by rising ids. */
  static List<CollectionDefinition> joined(
      List<CollectionDefinition> collections,
      List<CollectionDefinition> edges,
      List<Fault> faults) {
    TreeMap<Integer, CollectionDefinition> all = new TreeMap<>();
    collections.forEach(c -> all.put(c.id(), c));
    for (int i = 0; i < edges.size(); i++) {
      CollectionDefinition known = known(edges.get(i), collections).orElse(null);
      if (known == null) {
        faults.add(new Fault("edges[" + i + "]", "ends that are not there", "add them"));
      } else if (all.put(known.id(), known) != null) {
        faults.add(new Fault("edges[" + i + "]", "a number given twice", "give each its own"));
      }
    }
    return List.copyOf(all.values());
  }

  /** An edge type with its keys, if both ends are among the collections and they can be made. */
  static Optional<CollectionDefinition> known(
      CollectionDefinition edges, List<CollectionDefinition> collections) {
    Edge edge = edges.edge();
    if (edge == null) {
      return Optional.of(edges);
    }
    KeyType from = keys(edge.from(), collections);
    KeyType to = keys(edge.to(), collections);
    if (from == null || to == null) {
      return Optional.empty();
    }
    Ends ends = new Ends(from, to);
    return new EdgeKeys(ends, edge.id()).size() > KeyType.Tuple.MOST_PARTS
        ? Optional.empty()
        : Optional.of(edges.between(ends));
  }

  private static @Nullable KeyType keys(String name, List<CollectionDefinition> collections) {
    for (CollectionDefinition collection : collections) {
      if (collection.name().equals(name) && collection.edge() == null) {
        return collection.keyType();
      }
    }
    return null;
  }

  private static @Nullable FieldReference field(JsonFields fields) {
    JsonNode field = fields.get(FIELD);
    if (field.isMissingNode()) {
      return null;
    }
    return FieldReference.parse(fields.text(FIELD));
  }

  private static @Nullable String name(JsonFields fields) {
    return fields.get(INVERSE).isMissingNode() ? null : fields.text(INVERSE);
  }

  private static Map<String, KeyType.Scalar> ids() {
    Map<String, KeyType.Scalar> ids = new TreeMap<>();
    for (KeyType.Scalar scalar : KeyType.Scalar.values()) {
      ids.put(scalar.text(), scalar);
    }
    return ids;
  }
}
