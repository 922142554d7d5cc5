package dev.weir.chaos.check;

import dev.weir.chaos.Answer;
import dev.weir.chaos.Call;
import dev.weir.chaos.Level;
import dev.weir.chaos.Op;
import java.util.Optional;

/**
 * A call as a step of a register, for the search for an order. The state is a document's base and
 * value in one number; no document is {@link Call#ABSENT}.
 */
record Step(Op op) {

  /** What {@link #after} says where the answer contradicts the state. */
  static final long IMPOSSIBLE = -1;

  /** The step of a call; empty if it neither had an effect nor told anything that binds. */
  static Optional<Step> of(Op op) {
    boolean silent =
        op.answer() instanceof Answer.Refused
            || op.answer() instanceof Answer.Torn
            || op.call() instanceof Call.Repeat
            || (op.answer() instanceof Answer.Unknown && !op.call().writes());
    boolean weak = op.call() instanceof Call.Read read && read.level().kind() != Level.Kind.STRONG;
    return silent || weak ? Optional.empty() : Optional.of(new Step(op));
  }

  /** Whether it must have a place in the order; otherwise it may have one. */
  boolean certain() {
    return !(op.answer() instanceof Answer.Unknown);
  }

  /** Whether it leaves every state as it is. */
  boolean onlyLooks() {
    return !op.call().writes() || op.answer() instanceof Answer.Mismatch;
  }

  /** Whether some states contradict it. */
  boolean looks() {
    return onlyLooks()
        || op.call() instanceof Call.Swap
        || op.call() instanceof Call.Patch
        || (op.answer() instanceof Answer.Done done && done.created().isPresent());
  }

  /** The state behind it, or {@link #IMPOSSIBLE}. */
  long after(long state) {
    if (op.answer() instanceof Answer.Seen seen) {
      return seen.value() == value(state) && seen.fitsBase(base(state)) ? state : IMPOSSIBLE;
    }
    if (op.call() instanceof Call.Swap swap) {
      return conditional(state, swap.expected() == value(state), document(swap.value()));
    }
    if (op.call() instanceof Call.Patch patch) {
      return conditional(state, state != Call.ABSENT, document(base(state), patch.value()));
    }
    if (op.answer() instanceof Answer.Done done
        && done.created().isPresent()
        && done.created().get() != (state == Call.ABSENT)) {
      return IMPOSSIBLE;
    }
    return document(op.call().value());
  }

  private long conditional(long state, boolean holds, long after) {
    if (op.answer() instanceof Answer.Mismatch) {
      return holds ? IMPOSSIBLE : state;
    }
    return holds ? after : IMPOSSIBLE;
  }

  private static long document(long value) {
    return document(value, value);
  }

  private static long document(long base, long value) {
    return base << Integer.SIZE | value;
  }

  private static long base(long state) {
    return state >>> Integer.SIZE;
  }

  private static long value(long state) {
    return state & 0xffff_ffffL;
  }
}
