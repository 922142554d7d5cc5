package dev.weir.chaos.run;

import dev.weir.chaos.fault.Fault;
import java.time.Duration;

/**
 * A fault that was injected.
 *
 * @param fault what it was
 * @param begin when, in nanoseconds of the history
 * @param end when it was taken back
 * @param recovery from then until every node was ready
 * @param recovered whether they were in time
 */
record Injected(Fault fault, long begin, long end, Duration recovery, boolean recovered) {}
