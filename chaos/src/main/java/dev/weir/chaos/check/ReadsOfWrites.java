package dev.weir.chaos.check;

import dev.weir.chaos.Answer;
import dev.weir.chaos.Call;
import dev.weir.chaos.History;
import dev.weir.chaos.Op;
import dev.weir.chaos.Violation;
import java.util.ArrayList;
import java.util.List;

/** What is read, at any level, was written: by a call that had begun and was not refused. */
final class ReadsOfWrites implements Check {

  @Override
  public List<Violation> of(History history) {
    List<Violation> violations = new ArrayList<>();
    history.byKey().forEach((key, ops) -> addAll(key, new Writers(ops), violations));
    return violations;
  }

  private static void addAll(String key, Writers writers, List<Violation> violations) {
    for (Op op : writers.ops()) {
      if (!(op.answer() instanceof Answer.Seen seen) || seen.value() == Call.ABSENT) {
        continue;
      }
      Op writer = writers.of(seen.value());
      if (writer == null) {
        violations.add(
            new Violation("reads of writes", key, "the value was never written", List.of(op)));
      } else if (!writer.mayWrite() || writer.start() > op.end()) {
        String what = writer.mayWrite() ? "before it was written" : "of a write that was refused";
        violations.add(
            new Violation(
                "reads of writes", key, "the value was read " + what, List.of(writer, op)));
      }
    }
  }
}
