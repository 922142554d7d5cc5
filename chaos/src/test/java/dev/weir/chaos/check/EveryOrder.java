package dev.weir.chaos.check;

import dev.weir.chaos.Call;
import java.util.ArrayList;
import java.util.List;

/** Tries every order of a few steps, with and without the uncertain ones; slow and plain. */
final class EveryOrder {

  private EveryOrder() {}

  static boolean explains(List<Step> steps) {
    return explains(Call.ABSENT, new ArrayList<>(), steps);
  }

  private static boolean explains(long state, List<Step> placed, List<Step> left) {
    if (left.stream().noneMatch(Step::certain)) {
      return true;
    }
    for (Step next : left) {
      boolean mayCome =
          left.stream()
              .noneMatch(
                  other ->
                      !other.equals(next)
                          && other.certain()
                          && other.op().end() < next.op().start());
      long after = next.after(state);
      if (mayCome && after != Step.IMPOSSIBLE) {
        List<Step> rest = new ArrayList<>(left);
        rest.remove(next);
        List<Step> more = new ArrayList<>(placed);
        more.add(next);
        if (explains(after, more, rest)) {
          return true;
        }
      }
    }
    return false;
  }
}
