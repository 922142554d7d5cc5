package dev.weir.graph.traverse;

import dev.weir.store.Catalogue;
import dev.weir.store.Query;
import java.util.List;

/**
 * The database as one walk reads it. What is asked later is not answered from before what was asked
 * earlier, unless the level of the reads promises less. Used by one thread at a time.
 */
public interface GraphReads {

  /** The definitions as they are known here. */
  Catalogue catalogue();

  /**
   * Asks everything together, with at most one call to each node; waits for the answers.
   *
   * @return the answers in the order of the questions
   * @throws RefusedException if one was not answered
   */
  List<Object> ask(List<Query<?>> questions) throws RefusedException;

  /** Nanoseconds since some fixed moment. */
  long nanoTime();
}
