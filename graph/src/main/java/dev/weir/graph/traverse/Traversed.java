package dev.weir.graph.traverse;

import dev.weir.store.Fault;
import dev.weir.store.Key;
import dev.weir.store.Refusal;
import java.util.List;

/**
 * What became of a walk.
 *
 * @param <T> the answer's type
 */
public sealed interface Traversed<T> {

  /**
   * It was walked as far as its budget allowed.
   *
   * @param value the answer
   * @param cuts where it was cut; empty = nowhere, and the answer is complete
   * @param effort what it took
   */
  record Walked<T>(T value, List<Cut> cuts, Effort effort) implements Traversed<T> {
    public Walked {
      cuts = List.copyOf(cuts);
    }
  }

  /** It was not begun, because what was asked for makes no sense: correct it. */
  record Senseless<T>(List<Fault> faults) implements Traversed<T> {
    public Senseless {
      faults = List.copyOf(faults);
    }
  }

  /** A vertex that it begins or ends at does not exist: check its key. */
  record NoVertex<T>(VertexId vertex) implements Traversed<T> {}

  /**
   * An edge has no weight that a path could be measured with: mend it, or filter it out.
   *
   * @param edges id of the edge type
   * @param edge its key
   * @param problem what is wrong
   */
  record NoWeight<T>(int edges, Key edge, String problem) implements Traversed<T> {}

  /** The database did not answer; the refusal says what to do. */
  record Refused<T>(Refusal refusal) implements Traversed<T> {}
}
