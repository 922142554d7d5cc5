package dev.weir.store.write;

import static dev.weir.store.write.CatalogueDraft.named;

import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Edge;
import dev.weir.store.CollectionDefinition.Ends;
import dev.weir.store.EdgeChecks;
import dev.weir.store.Fault;
import dev.weir.store.KeyType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that the edge types of a draft begin and end at collections that exist, and gives them
 * the keys that follow. Used once, by one thread.
 */
final class EdgeEnds {

  private final Catalogue current;
  private final SortedMap<Integer, CollectionDefinition> collections;

  /**
   * @param current the catalogue before the changes
   * @param collections those of the draft, by id; {@link #settle} changes its edge types
   */
  EdgeEnds(Catalogue current, SortedMap<Integer, CollectionDefinition> collections) {
    this.current = current;
    this.collections = collections;
  }

  /** Something that an existing collection keeps for life, and what was wanted instead. */
  record Fixed(String what, String existing, String wanted) {}

  /** What is wanted, with the keys that an existing edge type has if it is the same for life. */
  static CollectionDefinition kept(CollectionDefinition wanted, CollectionDefinition existing) {
    Edge edge = wanted.edge();
    Edge old = existing.edge();
    Ends ends = old == null ? null : old.ends();
    return edge != null && old != null && ends != null && edge.isLike(old)
        ? wanted.between(ends)
        : wanted;
  }

  /** What a collection would have to change and cannot. */
  static List<Fixed> fixed(CollectionDefinition wanted, CollectionDefinition existing) {
    List<Fixed> fixed = new ArrayList<>();
    Edge edge = wanted.edge();
    Edge old = existing.edge();
    if (edge == null || old == null) {
      add(fixed, "kind", kind(old), kind(edge));
      if (edge == null && old == null) {
        add(fixed, "key", existing.keyType().text(), wanted.keyType().text());
      }
      return fixed;
    }
    add(fixed, "from", old.from(), edge.from());
    add(fixed, "to", old.to(), edge.to());
    add(fixed, "id", id(old.id()), id(edge.id()));
    add(fixed, "field", field(old), field(edge));
    return fixed;
  }

  /** Notes why edge types cannot stand; the others have their keys afterwards. */
  void settle(List<String> reasons) {
    for (CollectionDefinition edges : List.copyOf(collections.values())) {
      Edge edge = edges.edge();
      if (edge == null) {
        continue;
      }
      CollectionDefinition from = end(edges, edge.from(), reasons);
      CollectionDefinition to =
          edge.to().equals(edge.from()) ? from : end(edges, edge.to(), reasons);
      if (from == null || to == null) {
        continue;
      }
      List<Fault> faults = EdgeChecks.connecting(edges, from, to);
      faults.forEach(fault -> reasons.add(named("edges", edges.name()) + ": " + fault));
      if (faults.isEmpty()) {
        collections.put(edges.id(), edges.between(new Ends(from.keyType(), to.keyType())));
      }
    }
  }

  private @Nullable CollectionDefinition end(
      CollectionDefinition edges, String name, List<String> reasons) {
    Optional<CollectionDefinition> now =
        collections.values().stream().filter(c -> c.name().equals(name)).findFirst();
    Optional<CollectionDefinition> before = current.collection(name);
    boolean old = current.collection(edges.id()).isPresent();
    if (old && before.isPresent() && now.map(c -> c.id() != before.get().id()).orElse(true)) {
      reasons.add(
          named("collection", name)
              + ": the edges '"
              + edges.name()
              + "' still begin or end there: drop them in the same list");
      return null;
    }
    if (now.isEmpty()) {
      reasons.add(
          named("edges", edges.name())
              + ": there is no collection '"
              + name
              + "': add it before or with the edges");
    }
    return now.orElse(null);
  }

  private static void add(List<Fixed> fixed, String what, String existing, String wanted) {
    if (!existing.equals(wanted)) {
      fixed.add(new Fixed(what, existing, wanted));
    }
  }

  private static String kind(@Nullable Edge edge) {
    return edge == null ? "a collection of documents" : "edges";
  }

  private static String id(KeyType.@Nullable Scalar id) {
    return id == null ? "none" : id.text();
  }

  private static String field(Edge edge) {
    return edge.field() == null ? "none" : edge.field().text();
  }
}
