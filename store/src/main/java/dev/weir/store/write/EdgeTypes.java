package dev.weir.store.write;

import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.EdgeKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The edge types of a catalogue, by their own ids and by those of their ends. Immutable. */
public final class EdgeTypes {
  private final @Nullable EdgeType[] byId;
  private final Map<Integer, List<EdgeType>> from = new TreeMap<>();
  private final Map<Integer, List<EdgeType>> to = new TreeMap<>();

  private EdgeTypes(int ids) {
    this.byId = new EdgeType[ids];
  }

  /**
   * An edge type.
   *
   * @param definition of its collection
   * @param keys the keys of its edges
   * @param from id of the collection whose documents its edges begin at
   * @param to id of the collection whose documents they end at
   */
  public record EdgeType(CollectionDefinition definition, EdgeKeys keys, int from, int to) {

    /** Id of its collection. */
    public int id() {
      return definition.id();
    }

    /** Whether its edges follow from fields of the documents they begin at. */
    public boolean isOfField() {
      CollectionDefinition.Edge edge = definition.edge();
      return edge != null && edge.field() != null;
    }
  }

  /** The edge types of a catalogue. */
  public static EdgeTypes of(Catalogue catalogue) {
    EdgeTypes types = new EdgeTypes(catalogue.nextId());
    for (CollectionDefinition each : catalogue.collections()) {
      CollectionDefinition.Edge edge = each.edge();
      if (edge != null) {
        int from = id(catalogue, edge.from());
        int to = id(catalogue, edge.to());
        EdgeType type = new EdgeType(each, EdgeKeys.of(each), from, to);
        types.byId[each.id()] = type;
        types.from.computeIfAbsent(from, id -> new ArrayList<>()).add(type);
        types.to.computeIfAbsent(to, id -> new ArrayList<>()).add(type);
      }
    }
    return types;
  }

  /** The edge type of an id, or null. */
  public @Nullable EdgeType of(int collection) {
    return collection > 0 && collection < byId.length ? byId[collection] : null;
  }

  /** Those whose edges begin at documents of a collection, ordered by id. */
  List<EdgeType> from(int collection) {
    return from.getOrDefault(collection, List.of());
  }

  /** Those whose edges end at documents of a collection, ordered by id. */
  List<EdgeType> to(int collection) {
    return to.getOrDefault(collection, List.of());
  }

  // 0 is no collection's id: the fold takes no edge type without its ends.
  private static int id(Catalogue catalogue, String name) {
    return catalogue.collection(name).map(CollectionDefinition::id).orElse(0);
  }
}
