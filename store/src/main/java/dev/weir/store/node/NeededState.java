package dev.weir.store.node;

import dev.weir.store.DefinitionChange;
import dev.weir.store.bootstrap.Bootstrap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Whether somebody has the state that this node lacks and the log cannot give any more. */
final class NeededState {
  private NeededState() {}

  /**
   * Asks for each shard whether it can be had.
   *
   * @param truncated where the log begins, by shard
   * @param outdated whether this node has state of a shard, from before that
   * @throws NodeStartException if nobody is known who has it
   */
  static void check(
      Map<Integer, Long> truncated,
      IntPredicate outdated,
      Bootstrap bootstrap,
      List<DefinitionChange> definitions)
      throws NodeStartException {
    List<String> reasons = new ArrayList<>();
    truncated.forEach(
        (shard, start) -> {
          try {
            if (!bootstrap.need(shard, start)) {
              reasons.add(lost(shard, start, outdated.test(shard), definitions));
            }
          } catch (IOException e) {
            reasons.add(
                "shard %d: the log begins at %d, and the repository cannot be asked (%s): mend that"
                    .formatted(shard, start, e));
          }
        });
    if (!reasons.isEmpty()) {
      throw new NodeStartException(reasons);
    }
  }

  private static String lost(
      int shard, long start, boolean outdated, List<DefinitionChange> definitions) {
    List<String> sources = new ArrayList<>();
    for (DefinitionChange change : definitions) {
      if (change instanceof DefinitionChange.PutSource put) {
        sources.add(put.definition().name());
      }
    }
    String here =
        outdated
            ? "the state here ends before that, the records between are gone"
            : "this node holds no state of it";
    return "shard %d: the log begins at %d, %s, and neither another node nor the repository has one"
            .formatted(shard, start, here)
        + " that reaches the log: start a node that has it, with its state directory, or give"
        + " the repository back; else build everything anew with 'weir serve --set"
        + " application=<another name>', "
        + (sources.isEmpty()
            ? "which begins with nothing, since no source is configured"
            : "which ingests the sources " + sources + " again, and nothing else");
  }
}
