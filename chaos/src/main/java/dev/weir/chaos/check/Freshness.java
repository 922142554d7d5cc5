package dev.weir.chaos.check;

import dev.weir.chaos.Answer;
import dev.weir.chaos.Call;
import dev.weir.chaos.History;
import dev.weir.chaos.Level;
import dev.weir.chaos.Op;
import dev.weir.chaos.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A bounded answer knows every write that had been acknowledged longer ago than its bound; a strong
 * one every write acknowledged before it was asked for. For strong reads that follows from
 * linearisability too; here it needs no search, so it is decided for every key.
 */
final class Freshness implements Check {

  @Override
  public List<Violation> of(History history) {
    List<Violation> violations = new ArrayList<>();
    history.byKey().forEach((key, ops) -> addAll(key, new Writers(ops), violations));
    return violations;
  }

  private static void addAll(String key, Writers writers, List<Violation> violations) {
    for (Op op : writers.ops()) {
      OptionalLong since = mustKnowUntil(op);
      if (since.isEmpty() || !(op.answer() instanceof Answer.Seen seen)) {
        continue;
      }
      writers.ops().stream()
          .filter(write -> write.acknowledged() && write.end() < since.getAsLong())
          .filter(write -> writers.missing(seen.value(), op.end(), write))
          .findFirst()
          .ifPresent(write -> violations.add(violation(key, writers, op, seen, write)));
    }
  }

  private static OptionalLong mustKnowUntil(Op op) {
    if (!(op.call() instanceof Call.Read read)) {
      return OptionalLong.empty();
    }
    return switch (read.level().kind()) {
      case STRONG -> OptionalLong.of(op.start());
      case BOUNDED -> OptionalLong.of(op.start() - read.level().boundNanos());
      case SESSION, EVENTUAL -> OptionalLong.empty();
    };
  }

  private static Violation violation(
      String key, Writers writers, Op read, Answer.Seen seen, Op write) {
    boolean strong =
        read.call() instanceof Call.Read call && call.level().kind() == Level.Kind.STRONG;
    String check =
        write.call() instanceof Call.Delete
            ? "no resurrection"
            : strong ? "strong reads" : "staleness bound";
    long late = (read.start() - write.end()) / 1_000_000;
    List<Op> excerpt = new ArrayList<>();
    Optional.ofNullable(writers.of(seen.value())).ifPresent(excerpt::add);
    excerpt.add(write);
    excerpt.add(read);
    return new Violation(
        check, key, "a write acknowledged " + late + " ms before the read is missing", excerpt);
  }
}
