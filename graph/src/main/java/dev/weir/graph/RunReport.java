package dev.weir.graph;

import java.util.List;

/**
 * What a run took.
 *
 * @param supersteps how many were run
 * @param messages that travelled
 * @param bytes that they took
 * @param nanos from start to end
 * @param peakBytes the most memory that was booked for it, the graph included
 * @param warnings what somebody who reads the results should know
 */
public record RunReport(
    int supersteps, long messages, long bytes, long nanos, long peakBytes, List<String> warnings) {}
