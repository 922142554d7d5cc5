package dev.weir.chaos.check;

import dev.weir.chaos.History;
import dev.weir.chaos.Violation;
import java.util.List;

/** One promise, looked for in a whole history. */
@FunctionalInterface
interface Check {

  /** Where the promise was broken; empty if nowhere. */
  List<Violation> of(History history);
}
