package dev.weir.graph.traverse;

import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold of a walk before it is begun. */
public final class TraversalChecks {
  /** Most hops of a walk. */
  public static final int MOST_HOPS = 20;

  /** Most vertices whose common neighbours may be asked for. */
  public static final int MOST_VERTICES = 100;

  private final Catalogue catalogue;
  private final List<Fault> faults = new ArrayList<>();

  TraversalChecks(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  List<Fault> walk(VertexId start, List<Hop> hops, Budget budget) {
    hops(hops.size());
    for (int i = 0; i < hops.size(); i++) {
      steps(hops.get(i), "hops[" + i + "]");
    }
    if (faults.isEmpty()) {
      leads(start, hops.get(0));
      faults.addAll(new ConditionChecks(catalogue).ofHops(start.collection(), hops));
    }
    return budget(budget);
  }

  List<Fault> path(List<VertexId> ends, Hop hop, int most, Budget budget) {
    hops(most);
    steps(hop, "");
    if (faults.isEmpty() && !ends.get(0).equals(ends.get(1))) {
      leads(ends.get(0), hop);
    }
    if (faults.isEmpty()) {
      faults.addAll(new ConditionChecks(catalogue).ofRepeated(ends.get(0).collection(), hop));
    }
    return budget(budget);
  }

  List<Fault> common(List<VertexId> vertices, Hop hop, Budget budget) {
    Set<VertexId> different = new HashSet<>(vertices);
    if (different.size() < 2 || different.size() < vertices.size()) {
      fault("vertices", "not several different vertices", "name at least two, each once");
    }
    if (vertices.size() > MOST_VERTICES) {
      fault("vertices", vertices.size() + " vertices", "name at most " + MOST_VERTICES);
    }
    steps(hop, "");
    if (faults.isEmpty()) {
      vertices.forEach(vertex -> leads(vertex, hop));
    }
    if (faults.isEmpty()) {
      faults.addAll(new ConditionChecks(catalogue).ofHop(vertices.get(0).collection(), hop));
    }
    return budget(budget);
  }

  private void hops(int hops) {
    if (hops < 1 || hops > MOST_HOPS) {
      fault("hops", hops + " hops", "walk 1 to " + MOST_HOPS);
    }
  }

  private void steps(Hop hop, String path) {
    if (hop.steps().isEmpty()) {
      fault(path.isEmpty() ? "edges" : path + ".edges", "no edge type", "name at least one");
    }
    for (Step step : hop.steps()) {
      if (catalogue.collection(step.edges()).map(CollectionDefinition::edge).isEmpty()) {
        fault(path, "no edge type has the id " + step.edges(), "take one that is defined");
      }
    }
  }

  /** Edges that never touch the vertex's collection are more likely a mistake than a wish. */
  private void leads(VertexId vertex, Hop hop) {
    if (Routes.of(hop.steps(), vertex.collection(), catalogue).isEmpty()) {
      String name =
          catalogue.collection(vertex.collection()).map(CollectionDefinition::name).orElse("?");
      fault(
          "edges",
          "none of the edges leads away from documents of " + name,
          "turn the direction round, or take edges that begin or end there");
    }
  }

  private List<Fault> budget(Budget budget) {
    positive("vertices", budget.vertices());
    positive("edges", budget.edges());
    positive("fanOut", budget.fanOut());
    if (budget.time().isZero() || budget.time().isNegative()) {
      fault("time", "no time at all", "allow more than nothing");
    }
    return faults;
  }

  private void positive(String field, long value) {
    if (value < 1) {
      fault(field, value + " is no budget", "allow at least 1");
    }
  }

  private void fault(String path, String problem, String advice) {
    faults.add(new Fault(path, problem, advice));
  }
}
