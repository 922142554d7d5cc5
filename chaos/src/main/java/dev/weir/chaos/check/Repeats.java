package dev.weir.chaos.check;

import dev.weir.chaos.Answer;
import dev.weir.chaos.Call;
import dev.weir.chaos.History;
import dev.weir.chaos.Op;
import dev.weir.chaos.Violation;
import java.util.ArrayList;
import java.util.List;

/**
 * A write that is sent again with its idempotency key is answered as it was the first time. That it
 * has no second effect shows in what is read, which the other checks look at.
 */
final class Repeats implements Check {

  @Override
  public List<Violation> of(History history) {
    List<Violation> violations = new ArrayList<>();
    for (Op op : history.ops()) {
      if (op.call() instanceof Call.Repeat repeat && contradicts(op.answer(), repeat.told())) {
        violations.add(
            new Violation("repeats", op.key(), "a repeated write was decided anew", List.of(op)));
      }
    }
    return violations;
  }

  private static boolean contradicts(Answer answer, Answer.Done told) {
    return answer instanceof Answer.Mismatch
        || (answer instanceof Answer.Done done && !done.equals(told));
  }
}
