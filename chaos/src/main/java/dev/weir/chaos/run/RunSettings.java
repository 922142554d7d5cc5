package dev.weir.chaos.run;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a run goes.
 *
 * @param seed of faults and calls
 * @param duration of faults under load; starting, healing and checking come on top
 * @param clients number of them
 * @param pause between two calls of one client, on average
 * @param mix which faults
 * @param directory for data, logs and the report
 */
public record RunSettings(
    long seed, Duration duration, int clients, Duration pause, Mix mix, Path directory) {

  /** Which faults. */
  public enum Mix {
    /** A few that are over soon. */
    SHORT,
    /** Nodes are killed. */
    KILLS,
    /** The broker is away for a while, again and again. */
    BROKER,
    /** All that this machine allows. */
    ALL
  }
}
