package dev.weir.graph;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** An algorithm: its name, what it needs, and the program that its vertices run. Stateless. */
public interface Algorithm {

  /** What it is called on the command line, in lower case. */
  String name();

  /** One line for a person. */
  String description();

  /** What its values are, so that they can be shown to a person. */
  enum Meaning {
    /** The more, the more important. */
    SCORE,

    /** Vertices with the same value belong together. */
    GROUP,

    /** How far away a vertex is; the greatest number there is if it cannot be reached. */
    DISTANCE
  }

  /** What its values are. */
  default Meaning meaning() {
    return Meaning.SCORE;
  }

  /** What may be set. */
  default List<Parameter> parameters() {
    return List.of();
  }

  /** What it asks of the graph. */
  default Set<Need> needs() {
    return Set.of();
  }

  /**
   * How many supersteps it takes on any graph, where that is known beforehand.
   *
   * @param arguments those of {@link #parameters}, checked
   */
  default OptionalInt supersteps(Arguments arguments) {
    return OptionalInt.empty();
  }

  /** Makes the program of one shard; the arguments are those of {@link #parameters}, checked. */
  VertexProgram program(Setup setup, Arguments arguments);
}
