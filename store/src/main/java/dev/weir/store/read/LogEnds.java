package dev.weir.store.read;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Looks up where the log ends. Safe from any thread; never blocks. */
@FunctionalInterface
public interface LogEnds {

  /**
   * Asks for the ends of some shards.
   *
   * @return by shard the offset that its next record will get, at some moment after this call;
   *     completes exceptionally if the log cannot be reached, within about a second
   */
  CompletionStage<Map<Integer, Long>> look(Set<Integer> shards);
}
