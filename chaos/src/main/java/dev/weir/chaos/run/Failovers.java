package dev.weir.chaos.run;

import dev.weir.chaos.fault.Fault;
import dev.weir.chaos.load.Probe.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What failovers felt like: for each SIGKILL of a node, how long strong reads and writes were away,
 * and what weaker reads met until these were back on every shard, and for {@link #LEAST} at least.
 */
final class Failovers {

  private static final long LEAST = 3_000_000_000L;

  private final Samples samples;
  private final long end;

  /** Of a probe that was ended at a time. */
  Failovers(Samples samples, long end) {
    this.samples = samples;
    this.end = end;
  }

  /** For people; nothing if no node was killed. */
  List<String> lines(List<Injected> faults) {
    List<String> lines = new ArrayList<>();
    List<Samples> during = new ArrayList<>();
    for (Injected fault : faults) {
      if (fault.fault() instanceof Fault.KillNode) {
        during.add(during(fault));
        lines.add(line(fault));
      }
    }
    if (!lines.isEmpty()) {
      Samples all = new Samples(during.stream().flatMap(some -> some.all().stream()).toList());
      lines.add(0, "Failovers: SIGKILL of a node, until strong reads and writes are back");
      lines.add(
          "  all together: strong reads back after at most "
              + worst(Kind.STRONG, faults)
              + ", writes after at most "
              + worst(Kind.WRITE, faults));
      lines.add("      eventual reads: " + all.of(Kind.EVENTUAL).answered().summary());
      lines.add(
          "      session reads with old tokens: " + all.of(Kind.SESSION).answered().summary());
      Samples whole = samples.of(Kind.EVENTUAL).answered();
      lines.add(
          "  eventual reads of the whole run, also at nodes that stood still: " + whole.summary());
    }
    return lines;
  }

  private String worst(Kind kind, List<Injected> faults) {
    return faults.stream()
        .filter(fault -> fault.fault() instanceof Fault.KillNode)
        .map(fault -> new long[] {fault.begin(), back(kind, fault)})
        .max(Comparator.comparingLong(times -> times[1] - times[0]))
        .map(times -> Outages.millis(times[0], times[1]))
        .orElse("");
  }

  private long back(Kind kind, Injected fault) {
    return samples.of(kind).between(fault.begin(), end).back(fault.begin());
  }

  private Samples during(Injected fault) {
    long begin = fault.begin();
    long back = Math.max(back(Kind.STRONG, fault), back(Kind.WRITE, fault));
    return samples.between(begin, Math.min(end, Math.max(back, begin + LEAST)));
  }

  private String line(Injected fault) {
    long begin = fault.begin();
    Samples during = during(fault);
    int lost = during.all().size() - during.answered().all().size();
    return String.format(
        Locale.ROOT,
        "  %8.1f s: strong reads back after %s, writes after %s;"
            + " eventual reads %s; session reads %s; %d calls died with the node",
        begin / 1e9,
        Outages.millis(begin, back(Kind.STRONG, fault)),
        Outages.millis(begin, back(Kind.WRITE, fault)),
        during.of(Kind.EVENTUAL).answered().summary(),
        during.of(Kind.SESSION).answered().summary(),
        lost);
  }
}
