package dev.weir.bench.bootstrap;

import java.util.ArrayList;
import java.util.List;

/**
 * How a node came to its state; seconds since its process began.
 *
 * @param port of its HTTP API
 * @param up when its HTTP API was there and nothing else
 * @param first when the first byte of state came, at the latest; 0 = none did, or all had come
 *     before anybody could look
 * @param last when the last one had come; 0 = as {@code first}
 * @param open when the first shard was open
 * @param ready when all were complete
 * @param waited longest time that the state of a shard was there before it was used
 * @param bytes fetched
 * @param records of the log that its state has folded, or that were folded elsewhere
 * @param spared of these, folded elsewhere
 * @param zero when the process began, on the machine's monotonic clock, in seconds
 */
record Journey(
    int port,
    double up,
    double first,
    double last,
    double open,
    double ready,
    double waited,
    double bytes,
    double records,
    double spared,
    double zero) {

  String text() {
    List<String> parts = new ArrayList<>();
    parts.add(Integer.toString(port));
    for (double each :
        new double[] {up, first, last, open, ready, waited, bytes, records, spared, zero}) {
      parts.add(Double.toString(each));
    }
    return String.join(" ", parts);
  }

  static Journey parse(String text) {
    String[] parts = text.split(" ");
    double[] n = new double[parts.length];
    for (int i = 1; i < parts.length; i++) {
      n[i] = Double.parseDouble(parts[i]);
    }
    return new Journey(
        Integer.parseInt(parts[0]), n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9], n[10]);
  }

  /** How long bytes came. */
  double transfer() {
    return last - first;
  }
}
