package dev.weir.chaos.check;

import dev.weir.chaos.Answer;
import dev.weir.chaos.Call;
import dev.weir.chaos.History;
import dev.weir.chaos.Level;
import dev.weir.chaos.Op;
import dev.weir.chaos.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Every acknowledged write survives, exactly once. The last strong read of a key tells its end; for
 * keys that are only ever changed by swaps, the swaps lead back from there to the beginning, and
 * every acknowledged one must be on that way. That every acknowledged put or delete was not undone
 * follows from {@link Freshness} for the same last read.
 */
final class Survival implements Check {

  private static final String NAME = "survival";

  @Override
  public List<Violation> of(History history) {
    List<Violation> violations = new ArrayList<>();
    history
        .byKey()
        .forEach(
            (key, ops) -> {
              Optional<Op> last = lastRead(ops);
              if (last.isEmpty()) {
                violations.add(
                    new Violation(NAME, key, "nothing was read after the last write", List.of()));
              } else if (ops.stream().allMatch(Survival::readsOrSwaps)) {
                addLost(key, ops, last.get(), violations);
              }
            });
    return violations;
  }

  private static boolean readsOrSwaps(Op op) {
    return !op.call().writes() || op.call() instanceof Call.Swap;
  }

  private static Optional<Op> lastRead(List<Op> ops) {
    long lastWrite =
        ops.stream().filter(Op::acknowledged).mapToLong(Op::end).max().orElse(Long.MIN_VALUE);
    return ops.stream()
        .filter(
            op ->
                op.call() instanceof Call.Read read
                    && read.level().kind() == Level.Kind.STRONG
                    && op.answer().ok()
                    && op.start() > lastWrite)
        .reduce((first, second) -> second);
  }

  private static void addLost(String key, List<Op> ops, Op last, List<Violation> violations) {
    Writers writers = new Writers(ops);
    Set<Long> way = new HashSet<>();
    long value = last.answer() instanceof Answer.Seen seen ? seen.value() : Call.ABSENT;
    while (value != Call.ABSENT && way.add(value)) {
      Op writer = writers.of(value);
      value =
          writer != null && writer.call() instanceof Call.Swap swap ? swap.expected() : Call.ABSENT;
    }
    ops.stream()
        .filter(op -> op.acknowledged() && !way.contains(op.call().value()))
        .forEach(
            op ->
                violations.add(
                    new Violation(NAME, key, "an acknowledged swap is lost", List.of(op, last))));
  }
}
