package dev.weir.chaos.run;

import dev.weir.chaos.Call;
import dev.weir.chaos.Op;
import dev.weir.chaos.check.Checks.Findings;
import dev.weir.chaos.run.Gaps.Gap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a run showed.
 *
 * @param settings of the run
 * @param faults in the order in which they were injected
 * @param end of the load, in nanoseconds of the history
 * @param ops all calls
 * @param reads what is to be said of reads besides
 * @param findings of the checks
 * @param others what was watched besides
 */
public record Report(
    RunSettings settings,
    List<Injected> faults,
    long end,
    List<Op> ops,
    Reads reads,
    Findings findings,
    Others others) {

  private static final int MOST_VIOLATIONS = 10;
  private static final long AFTERMATH = 15_000_000_000L;

  /**
   * What is to be said of reads.
   *
   * @param unread keys that no node answered for at the end
   * @param staleEventual eventual reads that a strong read would not have been allowed to be
   * @param probe calls at a fixed rate
   */
  record Reads(List<String> unread, long staleEventual, Samples probe) {}

  /** What scans showed. */
  record Scans(String summary, List<String> faults) {}

  /**
   * What became of a graph.
   *
   * @param writes of vertices and edges, and their deletions
   * @param edges in the end
   * @param faults where the graph is not what was written
   */
  record Edges(long writes, long edges, List<String> faults) {}

  /** Something else that was watched: what was wrong with it, and how much there was of it. */
  record Watched(List<String> faults, String summary) {}

  /** What was watched besides single documents: a collection that nobody changes, a graph, more. */
  record Others(Scans scans, Edges edges, List<Watched> more) {}

  private Scans scans() {
    return others.scans();
  }

  /** Whether every promise was kept and everything came back. */
  public boolean isGood() {
    return findings.violations().isEmpty()
        && reads.unread().isEmpty()
        && scans().faults().isEmpty()
        && others.edges().faults().isEmpty()
        && others.more().stream().allMatch(each -> each.faults().isEmpty())
        && faults.stream().allMatch(Injected::recovered);
  }

  /** For people. */
  public String text() {
    StringBuilder text = new StringBuilder(4_096);
    line(
        text,
        "chaos: seed %d, %d clients, %.0f s of load, %d calls on %d keys, %d faults",
        settings.seed(),
        settings.clients(),
        end / 1e9,
        ops.size(),
        ops.stream().map(Op::key).distinct().count(),
        faults.size());
    line(
        text,
        "%d violations, %d keys undecided, %d keys unread at the end, %d wrong scans",
        findings.violations().size(),
        findings.undecided().size(),
        reads.unread().size(),
        scans().faults().size());
    line(text, "%s", scans().summary());
    line(
        text,
        "%d writes of a graph, %d edges in the end, %d faults",
        others.edges().writes(),
        others.edges().edges(),
        others.edges().faults().size());
    others.more().forEach(each -> line(text, "%s", each.summary()));
    line(text, "%d eventual reads were older than a strong one may be", reads.staleEventual());
    calls(text);
    faults(text);
    section(text, new Failovers(reads.probe(), end).lines(faults));
    section(text, new Outages(reads.probe(), end).lines(faults));
    shards(text);
    wrong(text);
    return text.toString();
  }

  private void calls(StringBuilder text) {
    line(text, "%nCalls by kind and outcome");
    SortedMap<String, SortedMap<String, Long>> counts = new TreeMap<>();
    for (Op op : ops) {
      counts
          .computeIfAbsent(kind(op), kind -> new TreeMap<>())
          .merge(op.answer().getClass().getSimpleName().toLowerCase(Locale.ROOT), 1L, Long::sum);
    }
    counts.forEach((kind, outcomes) -> line(text, "  %-20s %s", kind, outcomes));
    SortedMap<String, Long> reasons = new TreeMap<>();
    ops.stream()
        .filter(op -> !op.answer().ok())
        .forEach(op -> reasons.merge(op.answer().toString(), 1L, Long::sum));
    reasons.forEach((reason, count) -> line(text, "  %6d x %s", count, reason));
  }

  private static String kind(Op op) {
    String text = op.call().toString();
    return op.call() instanceof Call.Read ? text : text.split(" ", 2)[0];
  }

  private void faults(StringBuilder text) {
    line(
        text,
        "%nFaults: from, to, ready again after; a shard's longest gap of writes, of strong reads,"
            + " of weaker reads");
    for (int i = 0; i < faults.size(); i++) {
      Injected fault = faults.get(i);
      long next = i + 1 < faults.size() ? faults.get(i + 1).begin() : end;
      long until = Math.min(fault.end() + AFTERMATH, next);
      line(
          text,
          "  %8.1f s %8.1f s %6.1f s%s %6d ms %6d ms %6d ms  %s",
          fault.begin() / 1e9,
          fault.end() / 1e9,
          fault.recovery().toMillis() / 1e3,
          fault.recovered() ? "" : " NOT READY: " + fault.trouble(),
          worst(Gaps::isWrite, fault.begin(), until),
          worst(Gaps::isStrongRead, fault.begin(), until),
          worst(Gaps::isWeakerRead, fault.begin(), until),
          fault.fault());
    }
  }

  private static void section(StringBuilder text, List<String> lines) {
    if (!lines.isEmpty()) {
      text.append('\n');
      lines.forEach(line -> text.append(line).append('\n'));
    }
  }

  private long worst(Predicate<Op> wanted, long from, long until) {
    return Gaps.longest(ops, wanted, from, until).values().stream()
        .mapToLong(Gap::millis)
        .max()
        .orElse(0);
  }

  private void shards(StringBuilder text) {
    line(text, "%nLongest gap of each shard");
    for (Map.Entry<String, Predicate<Op>> kind :
        new TreeMap<String, Predicate<Op>>(
                Map.of(
                    "writes",
                    Gaps::isWrite,
                    "strong reads",
                    Gaps::isStrongRead,
                    "weaker reads",
                    Gaps::isWeakerRead))
            .entrySet()) {
      Gaps.longest(ops, kind.getValue(), 0, end)
          .forEach(
              (shard, gap) ->
                  line(
                      text,
                      "  shard %d, %-12s %6d ms from %.1f s on",
                      shard,
                      kind.getKey(),
                      gap.millis(),
                      gap.from() / 1e9));
    }
  }

  private void wrong(StringBuilder text) {
    if (!isGood()) {
      line(text, "%nWhat was wrong");
      text.append(findings.text(MOST_VIOLATIONS));
      scans().faults().forEach(fault -> line(text, "  %s", fault));
      others.edges().faults().forEach(fault -> line(text, "  graph: %s", fault));
      others.more().forEach(each -> each.faults().forEach(fault -> line(text, "  %s", fault)));
      reads.unread().forEach(key -> line(text, "  unread at the end: %s", key));
    }
    findings.undecided().forEach(key -> line(text, "  undecided: %s", key));
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
