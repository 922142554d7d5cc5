package dev.weir.cli.graph;

import dev.weir.graph.Algorithm;
import dev.weir.graph.algorithms.Algorithms;
import java.util.Iterator;

/** What the algorithms are called, for help, completion and messages. */
final class AlgorithmNames implements Iterable<String> {

  @Override
  public Iterator<String> iterator() {
    return Algorithms.all().stream().map(Algorithm::name).iterator();
  }
}
