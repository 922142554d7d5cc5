package dev.weir.chaos.check;

import dev.weir.chaos.Answer;
import dev.weir.chaos.History;
import dev.weir.chaos.Op;
import dev.weir.chaos.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Strong reads and all writes of a key must look as if they had happened one after the other, each
 * at a moment between its start and its end. Keys are independent, so each is searched by itself.
 */
final class Linearizability implements Check {

  private static final String NAME = "linearisability";
  private static final int LINES_BEFORE = 10;

  private final long budget;
  private final List<String> undecided = new ArrayList<>();

  /** A check that tries at most so many configurations per key. */
  Linearizability(long budget) {
    this.budget = budget;
  }

  @Override
  public List<Violation> of(History history) {
    List<Violation> violations = new ArrayList<>();
    for (Map.Entry<String, List<Op>> key : history.byKey().entrySet()) {
      Verdict verdict = verdict(key.getValue());
      if (verdict == Verdict.CONTRADICTED) {
        violations.add(contradiction(key.getKey(), key.getValue()));
      } else if (verdict == Verdict.UNDECIDED) {
        undecided.add(key.getKey());
      }
    }
    return violations;
  }

  /** Keys for which the search was given up. */
  List<String> undecided() {
    return List.copyOf(undecided);
  }

  Verdict verdict(List<Op> ops) {
    return new OrderSearch(ops.stream().map(Step::of).flatMap(Optional::stream).toList(), budget)
        .run();
  }

  /** Shows the first answer that cannot be explained any more: up to the one before, all can. */
  private Violation contradiction(String key, List<Op> ops) {
    List<Long> ends =
        ops.stream()
            .filter(op -> Step.of(op).isPresent())
            .map(Op::end)
            .sorted()
            .distinct()
            .toList();
    int good = -1;
    int bad = ends.size() - 1;
    while (bad - good > 1) {
      int middle = (good + bad) / 2;
      if (verdict(until(ops, ends.get(middle))) == Verdict.CONTRADICTED) {
        bad = middle;
      } else {
        good = middle;
      }
    }
    long moment = ends.get(bad);
    List<Op> shown =
        ops.stream()
            .filter(op -> op.start() <= moment && Step.of(op).isPresent())
            .filter(op -> op.mayWrite() || op.end() <= moment)
            .toList();
    return new Violation(
        NAME,
        key,
        "no order of the calls explains every answer up to the one at "
            + moment / 1_000_000
            + " ms",
        lastLines(shown, moment));
  }

  private static List<Op> lastLines(List<Op> shown, long moment) {
    int from = Math.max(0, shown.size() - LINES_BEFORE);
    List<Op> lines = new ArrayList<>(shown.subList(from, shown.size()));
    shown.subList(0, from).stream().filter(op -> op.end() == moment).forEach(lines::add);
    return lines;
  }

  /** The history as it was known then: what had not ended yet is unknown. */
  private static List<Op> until(List<Op> ops, long moment) {
    List<Op> known = new ArrayList<>();
    for (Op op : ops) {
      if (op.end() <= moment) {
        known.add(op);
      } else if (op.start() <= moment && op.mayWrite()) {
        known.add(
            new Op(op.client(), op.key(), op.call(), op.start(), op.end(), new Answer.Unknown("")));
      }
    }
    return known;
  }
}
