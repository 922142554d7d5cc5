package dev.weir.bench;

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

  /** For figures that are written down. */
  public static final Scale FULL = new Scale("full", 1_000_000, 2_000_000, 3, 8);
}
