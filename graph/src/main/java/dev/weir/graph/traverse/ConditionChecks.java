package dev.weir.graph.traverse;

import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Fault;
import dev.weir.store.Filter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * That conditions are put to documents that have fields. All others would match nothing, or
 * everything, and nobody would know why.
 */
final class ConditionChecks {
  private static final String JSON = "json";

  private final Catalogue catalogue;
  private final Set<Fault> faults = new LinkedHashSet<>();

  ConditionChecks(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** Of hops one after the other. */
  List<Fault> ofHops(int start, List<Hop> hops) {
    Set<Integer> here = Set.of(start);
    for (int i = 0; i < hops.size(); i++) {
      here = reached(here, hops.get(i), "hops[" + i + "].");
    }
    return new ArrayList<>(faults);
  }

  /** Of one hop. */
  List<Fault> ofHop(int start, Hop hop) {
    reached(Set.of(start), hop, "");
    return new ArrayList<>(faults);
  }

  /** Of a hop that may be repeated. */
  List<Fault> ofRepeated(int start, Hop hop) {
    Set<Integer> all = new TreeSet<>(Set.of(start));
    for (Set<Integer> next = reached(all, hop, ""); all.addAll(next); ) {
      next = reached(all, hop, "");
    }
    return new ArrayList<>(faults);
  }

  private Set<Integer> reached(Set<Integer> here, Hop hop, String path) {
    for (int i = 0; i < hop.steps().size(); i++) {
      Step step = hop.steps().get(i);
      check(step.filter(), step.edges(), path + "edges[" + i + "].where");
    }
    Set<Integer> targets = new TreeSet<>();
    for (int collection : here) {
      Routes.of(hop.steps(), collection, catalogue).forEach(route -> targets.add(route.target()));
    }
    targets.forEach(target -> check(hop.vertices(), target, path + "vertices"));
    return targets;
  }

  private void check(@Nullable Filter filter, int id, String path) {
    CollectionDefinition collection = catalogue.collection(id).orElse(null);
    if (filter != null && collection != null && !collection.format().equals(JSON)) {
      faults.add(notJson(collection, path));
    }
  }

  private static Fault notJson(CollectionDefinition collection, String path) {
    return new Fault(
        path,
        "a condition looks at fields, and the values of '%s' are %s"
            .formatted(collection.name(), collection.format()),
        "leave it out, or follow edges to collections of JSON documents only");
  }
}
