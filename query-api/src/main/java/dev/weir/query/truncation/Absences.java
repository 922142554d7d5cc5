package dev.weir.query.truncation;

import dev.weir.store.routing.NodeEntry;
import dev.weir.store.routing.RoutingTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The nodes that are not in the routing table any more. Those that have said that they leave are
 * not waited for; those that others have taken out of it may come back with what they had. Every
 * node keeps this up to date, so that whoever makes the next pass over the log knows it, also if
 * the one who made the last one is among them. Safe from any thread.
 */
public final class Absences {
  private final Duration memory;
  private final Clock clock;
  private final Map<String, Absent> missing = new HashMap<>(); // under this
  private RoutingTable table; // under this

  /**
   * A node that went without a word.
   *
   * @param last what it held when it was last in the table; its shards may have got further
   * @param since when that was noticed here
   */
  record Absent(NodeEntry last, Instant since) {}

  /**
   * Nobody is missing yet.
   *
   * @param table of this moment
   * @param memory how long a node is missed
   */
  public Absences(RoutingTable table, Duration memory, Clock clock) {
    this.table = table;
    this.memory = memory;
    this.clock = clock;
  }

  /** Compares a table with the one before; quick. */
  public synchronized void changed(RoutingTable newer) {
    Instant now = clock.instant();
    table
        .nodes()
        .forEach(
            (node, entry) -> {
              if (!newer.nodes().containsKey(node)) {
                missing.put(node, new Absent(entry, now));
              }
            });
    missing.keySet().removeAll(newer.nodes().keySet());
    missing.keySet().removeAll(newer.departed());
    missing.values().removeIf(absent -> absent.since().plus(memory).isBefore(now));
    table = newer;
  }

  /** Those that have left of their own accord, and are not there again. */
  synchronized Set<String> departed() {
    return new HashSet<>(table.departed());
  }

  /** Those that may come back, by node. */
  synchronized Map<String, Absent> missing() {
    return new HashMap<>(missing);
  }
}
