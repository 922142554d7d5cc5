package dev.weir.graph.algorithms;

import dev.weir.graph.GraphWord;
import java.util.List;

/** Keeps all rules. */
public record WordsOnly(List<GraphWord> words) {

  /** A use that byte code shows. */
  public GraphWord first() {
    return words.get(0);
  }
}
