package dev.weir.chaos.check;

import dev.weir.chaos.Answer;
import dev.weir.chaos.Call;
import dev.weir.chaos.History;
import dev.weir.chaos.Level;
import dev.weir.chaos.Op;
import dev.weir.chaos.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A session read knows what its client has written and is not older than what its client has seen,
 * at whatever level and node that was: clients take the token of every answer along.
 */
final class Sessions implements Check {

  private static final String OWN_WRITES = "read your writes";
  private static final String MONOTONIC = "monotonic reads";

  /** What a client knows of a key. */
  private static final class Known {
    final List<Op> written = new ArrayList<>();
    final List<Op> seen = new ArrayList<>();
    final List<Op> gone = new ArrayList<>();
  }

  @Override
  public List<Violation> of(History history) {
    List<Violation> violations = new ArrayList<>();
    history
        .byKey()
        .forEach(
            (key, ops) -> {
              Writers writers = new Writers(ops);
              Map<Integer, Known> clients = new HashMap<>();
              for (Op op : ops) {
                Known known = clients.computeIfAbsent(op.client(), client -> new Known());
                if (isPromised(op)) {
                  addBroken(key, writers, known, op, violations);
                }
                learn(writers, known, op);
              }
            });
    return violations;
  }

  private static boolean isPromised(Op op) {
    return op.call() instanceof Call.Read read
        && (read.level().kind() == Level.Kind.SESSION || read.level().kind() == Level.Kind.STRONG)
        && op.answer().ok();
  }

  private static void addBroken(
      String key, Writers writers, Known known, Op read, List<Violation> violations) {
    long value = read.answer() instanceof Answer.Seen seen ? seen.value() : Call.ABSENT;
    Op write = firstMissing(writers, known.written, value, read);
    if (write != null) {
      violations.add(
          violation(OWN_WRITES, key, "the client's own write is missing", writers, write, read));
      return;
    }
    Op before = firstMissing(writers, known.seen, value, read);
    if (before != null) {
      violations.add(violation(MONOTONIC, key, "the client has seen newer", writers, before, read));
      return;
    }
    known.gone.stream()
        .filter(gone -> gone.call().value() == value)
        .findFirst()
        .ifPresent(
            gone ->
                violations.add(
                    violation(
                        MONOTONIC,
                        key,
                        "the client has seen that it was gone",
                        writers,
                        gone,
                        read)));
  }

  private static @Nullable Op firstMissing(Writers writers, List<Op> writes, long value, Op read) {
    return writes.stream()
        .filter(write -> writers.missing(value, read.end(), write))
        .findFirst()
        .orElse(null);
  }

  private static void learn(Writers writers, Known known, Op op) {
    if (op.acknowledged()) {
      known.written.add(op);
    }
    if (!(op.answer() instanceof Answer.Seen seen)) {
      return;
    }
    if (seen.value() == Call.ABSENT) {
      // A weaker answer may be from before the document was there.
      if (isPromised(op)) {
        known.gone.addAll(known.seen);
      }
      return;
    }
    Op writer = writers.of(seen.value());
    if (writer != null && !known.seen.contains(writer)) {
      known.seen.add(writer);
    }
  }

  private static Violation violation(
      String check, String key, String what, Writers writers, Op newer, Op read) {
    List<Op> excerpt = new ArrayList<>();
    long value = read.answer() instanceof Answer.Seen seen ? seen.value() : Call.ABSENT;
    Op writer = writers.of(value);
    if (writer != null && !writer.equals(newer)) {
      excerpt.add(writer);
    }
    excerpt.add(newer);
    excerpt.add(read);
    return new Violation(check, key, what, excerpt);
  }
}
