package dev.weir.chaos.check;

import dev.weir.chaos.Call;
import dev.weir.chaos.History;
import dev.weir.chaos.Level;
import dev.weir.chaos.Op;
import dev.weir.chaos.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** All checks of a history. */
public final class Checks {

  private static final long BUDGET = 300_000;

  private Checks() {}

  /**
   * What was found.
   *
   * @param seed of the history
   * @param violations every broken promise
   * @param undecided keys whose linearisability was not decided within the budget; all other checks
   *     hold for them too
   */
  public record Findings(long seed, List<Violation> violations, List<String> undecided) {
    public Findings {
      violations = List.copyOf(violations);
      undecided = List.copyOf(undecided);
    }

    /** For people; the excerpts of the first violations, with the seed. */
    public String text(int most) {
      return violations.stream()
          .limit(most)
          .map(violation -> violation.text(seed))
          .collect(Collectors.joining("\n"));
    }
  }

  /**
   * How many eventual reads would have broken the promise of strong ones: what shows that a run was
   * hard enough to tell the difference.
   */
  public static long staleAmongEventual(History history) {
    List<Op> relabelled =
        history.ops().stream()
            .filter(op -> !op.call().equals(new Call.Read(Level.STRONG)))
            .map(Checks::asStrong)
            .toList();
    return new Freshness().of(new History(history.seed(), relabelled)).size();
  }

  private static Op asStrong(Op op) {
    return op.call().equals(new Call.Read(Level.EVENTUAL))
        ? new Op(
            op.client(), op.key(), new Call.Read(Level.STRONG), op.start(), op.end(), op.answer())
        : op;
  }

  /** Checks everything. */
  public static Findings of(History history) {
    Linearizability linearizability = new Linearizability(BUDGET);
    List<Check> checks =
        List.of(
            new ReadsOfWrites(),
            new Wholeness(),
            new Repeats(),
            new Versions(),
            new Freshness(),
            new Sessions(),
            new Survival(),
            linearizability);
    List<Violation> violations = new ArrayList<>();
    checks.forEach(check -> violations.addAll(check.of(history)));
    return new Findings(history.seed(), violations, linearizability.undecided());
  }
}
