package dev.weir.chaos.check;

import dev.weir.chaos.Answer;
import dev.weir.chaos.Call;
import dev.weir.chaos.History;
import dev.weir.chaos.Op;
import dev.weir.chaos.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Documents are seen whole, at every level: nobody sees some writes of a batch without the others,
 * a put's value is its own base, and a patch was merged with one document, the same at every
 * replica.
 */
final class Wholeness implements Check {

  private static final String NAME = "wholeness";

  @Override
  public List<Violation> of(History history) {
    List<Violation> violations = new ArrayList<>();
    history.byKey().forEach((key, ops) -> addAll(key, new Writers(ops), violations));
    return violations;
  }

  private static void addAll(String key, Writers writers, List<Violation> violations) {
    Map<Long, Op> firstReads = new HashMap<>();
    for (Op op : writers.ops()) {
      if (op.answer() instanceof Answer.Torn) {
        violations.add(
            new Violation(NAME, key, "half of a batch was seen without the other", List.of(op)));
      }
      if (op.answer() instanceof Answer.Seen seen && seen.value() != Call.ABSENT) {
        addMixed(key, writers, op, seen, violations);
        Op first = firstReads.putIfAbsent(seen.value(), op);
        if (first != null && !seen.fitsBase(((Answer.Seen) first.answer()).base())) {
          violations.add(
              new Violation(NAME, key, "one write has made two documents", List.of(first, op)));
        }
      }
    }
  }

  private static void addMixed(
      String key, Writers writers, Op read, Answer.Seen seen, List<Violation> violations) {
    Op writer = writers.of(seen.value());
    boolean patched = writer != null && writer.call() instanceof Call.Patch;
    if (writer != null && !patched && !seen.fitsBase(seen.value())) {
      violations.add(
          new Violation(NAME, key, "a put has left something behind", List.of(writer, read)));
    }
    Op base = writers.of(seen.base());
    if (patched
        && seen.base() != Answer.Seen.NOT_TOLD
        && (base == null || !writesBase(base, read))) {
      violations.add(
          new Violation(NAME, key, "a patch was merged with what never was", List.of(read)));
    }
  }

  private static boolean writesBase(Op base, Op read) {
    return !(base.call() instanceof Call.Patch) && base.mayWrite() && base.start() <= read.end();
  }
}
