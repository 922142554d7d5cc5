package dev.weir.chaos.run;

import dev.weir.chaos.fault.Fault;
import dev.weir.chaos.load.Probe.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was felt while Kafka was away, and how soon all was well after it was back. */
final class Outages {

  /** After this a node knows. */
  private static final long KNOWN = 4_000_000_000L;

  private final Samples samples;
  private final long end;

  /** Of a probe that was ended at a time. */
  Outages(Samples samples, long end) {
    this.samples = samples;
    this.end = end;
  }

  /** For people; nothing if Kafka was never away. */
  List<String> lines(List<Injected> faults) {
    List<String> lines = new ArrayList<>();
    for (Injected fault : faults) {
      if (isAway(fault.fault())) {
        lines.addAll(lines(fault));
      }
    }
    if (!lines.isEmpty()) {
      lines.add(0, "Kafka away");
    }
    return lines;
  }

  private static boolean isAway(Fault fault) {
    return fault instanceof Fault.RestartBroker || fault instanceof Fault.PauseBroker;
  }

  private List<String> lines(Injected fault) {
    long begin = fault.begin();
    long known = Math.min(fault.end(), begin + KNOWN);
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "  %8.1f s, away for %.1f s: strong reads back %s after it was, writes %s",
            begin / 1e9,
            (fault.end() - begin) / 1e9,
            back(Kind.STRONG, fault.end()),
            back(Kind.WRITE, fault.end())));
    for (Kind kind : Kind.values()) {
      Samples mine = samples.of(kind).answered();
      lines.add(
          String.format(
              Locale.ROOT,
              "      %-9s under way or soon after: %s",
              kind.name().toLowerCase(Locale.ROOT),
              mine.between(begin - 1_000_000_000L, known).summary()));
      lines.add("                later: " + mine.between(known, fault.end()).summary());
    }
    return lines;
  }

  private String back(Kind kind, long from) {
    return millis(from, samples.of(kind).between(from, end).back(from));
  }

  static String millis(long from, long until) {
    return until == Long.MAX_VALUE ? "never" : (until - from) / 1_000_000 + " ms";
  }
}
