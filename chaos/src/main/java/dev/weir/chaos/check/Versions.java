package dev.weir.chaos.check;

import dev.weir.chaos.Answer;
import dev.weir.chaos.Call;
import dev.weir.chaos.History;
import dev.weir.chaos.Op;
import dev.weir.chaos.Version;
import dev.weir.chaos.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Each write is applied once and in the order of time: a value has one version, a version one
 * value, and a write that began after another had taken effect has the greater version.
 */
final class Versions implements Check {

  private static final String NAME = "versions";

  @Override
  public List<Violation> of(History history) {
    List<Violation> violations = new ArrayList<>();
    history
        .byKey()
        .forEach(
            (key, ops) -> {
              addUnequal(key, ops, violations);
              addDisorder(key, new Writers(ops), violations);
            });
    return violations;
  }

  private record Told(long value, Version version, Op op) {}

  private static void addUnequal(String key, List<Op> ops, List<Violation> violations) {
    Map<Long, Told> byValue = new HashMap<>();
    Map<Version, Told> byVersion = new HashMap<>();
    for (Op op : ops) {
      Optional<Told> told = told(op);
      if (told.isEmpty()) {
        continue;
      }
      Told first = byValue.putIfAbsent(told.get().value(), told.get());
      if (first != null && !first.version().equals(told.get().version())) {
        violations.add(
            new Violation(NAME, key, "one write has two versions", List.of(first.op(), op)));
      }
      Told same = byVersion.putIfAbsent(told.get().version(), told.get());
      if (same != null && same.value() != told.get().value()) {
        violations.add(
            new Violation(NAME, key, "two writes have one version", List.of(same.op(), op)));
      }
    }
  }

  private static Optional<Told> told(Op op) {
    Optional<Version> version = Optional.empty();
    long value = op.call().value();
    if (op.answer() instanceof Answer.Done done) {
      version = done.version();
    } else if (op.answer() instanceof Answer.Seen seen) {
      version = seen.version();
      value = seen.value();
    }
    long told = value;
    return version.filter(v -> told != Call.ABSENT).map(v -> new Told(told, v, op));
  }

  private static void addDisorder(String key, Writers writers, List<Violation> violations) {
    List<Op> known =
        writers.ops().stream()
            .filter(op -> op.mayWrite() && writers.version(op.call().value()).isPresent())
            .sorted(Comparator.comparing(op -> writers.version(op.call().value()).orElseThrow()))
            .toList();
    Op lastBegun = null;
    for (Op op : known) {
      if (lastBegun != null && writers.certainlyBefore(op, lastBegun)) {
        violations.add(
            new Violation(
                NAME,
                key,
                "a write that began later has the smaller version",
                List.of(op, lastBegun)));
      }
      if (lastBegun == null || op.start() > lastBegun.start()) {
        lastBegun = op;
      }
    }
  }
}
