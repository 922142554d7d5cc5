package dev.weir.bench;

import java.util.stream.Stream;

/**
 * How large a run is.
 *
 * @param name as on the command line
 * @param documents how many documents are held
 * @param events how many events flow in where a flow is measured
 * @param rounds how often everything is measured; the peers take turns within a round
 * @param seconds of one measurement
 */
public record Scale(String name, int documents, int events, int rounds, int seconds) {
  /** Shows that everything runs; its figures say little. */
  public static final Scale QUICK = new Scale("quick", 20_000, 50_000, 1, 2);

  /** The real sizes in half the time; for figures that are written down in haste. */
  public static final Scale SHORT = new Scale("short", 1_000_000, 1_000_000, 2, 4);

  /** For figures that are written down. */
  public static final Scale FULL = new Scale("full", 1_000_000, 2_000_000, 3, 8);

  /** The scale of a name, or else {@link #QUICK}. */
  public static Scale of(String name) {
    return Stream.of(SHORT, FULL).filter(s -> s.name.equals(name)).findFirst().orElse(QUICK);
  }
}
