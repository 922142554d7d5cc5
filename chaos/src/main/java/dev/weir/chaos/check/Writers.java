package dev.weir.chaos.check;

import dev.weir.chaos.Answer;
import dev.weir.chaos.Call;
import dev.weir.chaos.Op;
import dev.weir.chaos.Version;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who wrote which value of one key, and which writes certainly came before which others. */
final class Writers {

  private final List<Op> ops;
  private final Map<Long, Op> byValue = new HashMap<>();
  private final Map<Long, Long> appliedBy = new HashMap<>();
  private final Map<Long, Version> versions = new HashMap<>();

  Writers(List<Op> ops) {
    this.ops = ops;
    for (Op op : ops) {
      long value = op.call().value();
      if (value != Call.ABSENT) {
        byValue.put(value, op);
        if (op.answer() instanceof Answer.Done done) {
          applied(value, op.end(), done.version());
        }
      }
      if (op.answer() instanceof Answer.Seen seen && seen.value() != Call.ABSENT) {
        applied(seen.value(), op.end(), seen.version());
      }
      if (op.call() instanceof Call.Swap swap && op.acknowledged()) {
        applied(swap.expected(), op.end(), Optional.empty());
      }
    }
  }

  private void applied(long value, long latest, Optional<Version> version) {
    appliedBy.merge(value, latest, Math::min);
    version.ifPresent(known -> versions.putIfAbsent(value, known));
  }

  /** All calls of the key, in the order in which they began. */
  List<Op> ops() {
    return ops;
  }

  /** The call that wrote a value; null if none did. */
  @Nullable Op of(long value) {
    return byValue.get(value);
  }

  /** The version that a value was first told with. */
  Optional<Version> version(long value) {
    return Optional.ofNullable(versions.get(value));
  }

  /** The first moment at which the write had certainly taken effect; empty if it may never have. */
  Optional<Long> appliedBy(Op write) {
    if (write.call() instanceof Call.Delete) {
      return write.acknowledged() ? Optional.of(write.end()) : Optional.empty();
    }
    return Optional.ofNullable(appliedBy.get(write.call().value()));
  }

  /** Whether one write took effect before another one began to. */
  boolean certainlyBefore(Op one, Op other) {
    return appliedBy(one).filter(end -> end < other.start()).isPresent();
  }

  /** Whether one write took effect before another one, by time or by the versions they got. */
  boolean ordered(Op one, Op other) {
    if (certainlyBefore(one, other)) {
      return true;
    }
    Optional<Version> first = version(one.call().value());
    Optional<Version> second = version(other.call().value());
    return first.isPresent() && second.isPresent() && first.get().compareTo(second.get()) < 0;
  }

  /**
   * Whether an answer shows a state from before a write.
   *
   * @param value that was read, or {@link Call#ABSENT}
   * @param readEnd when the read had ended: a delete that began later cannot explain it
   * @param write that the answer should have known
   */
  boolean missing(long value, long readEnd, Op write) {
    if (value != Call.ABSENT) {
      Op writer = of(value);
      return writer != null && !writer.equals(write) && ordered(writer, write);
    }
    return write.call().value() != Call.ABSENT
        && ops.stream()
            .filter(op -> op.call() instanceof Call.Delete && op.mayWrite())
            .noneMatch(delete -> delete.start() <= readEnd && !certainlyBefore(delete, write));
  }
}
