package dev.weir.query.check;

import dev.weir.query.Database;
import dev.weir.query.check.EdgeReport.Difference;
import dev.weir.query.check.EdgeReport.Miscounted;
import dev.weir.query.check.SidesOfEdges.Sum;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.EdgeKeys;
import dev.weir.store.GraphQuery;
import dev.weir.store.GraphQuery.Miscount;
import dev.weir.store.GraphQuery.Side;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Compares both sides of an edge type, and every degree with the edges it counts, while the
 * database is in use. Every shard adds up its edges by itself; only where the sums differ are edges
 * named and compared one by one. What was on its way between two shards looks like a difference and
 * goes away: a difference counts if it is still exactly the same after a while. Degrees are
 * compared within one view of a shard, where nothing is on its way.
 *
 * <p>Blocks the caller. Safe from any thread.
 */
public final class EdgeCheck {
  private static final int ROUNDS = 4;

  /** Buckets that are looked into at once: edges are held in memory. */
  private static final int BUCKETS_AT_ONCE = 8;

  private final Database database;
  private final Duration patience;

  /**
   * A check.
   *
   * @param patience how long a difference must stay as it is; longer than news takes from shard to
   *     shard
   */
  public EdgeCheck(Database database, Duration patience) {
    this.database = database;
    this.patience = patience;
  }

  /** Both sides of one edge: what it adds to a bucket; null = it is not there. */
  private record Both(@Nullable Long out, @Nullable Long in) {}

  /**
   * Checks an edge type.
   *
   * @throws IllegalArgumentException if it is none
   * @throws RefusedCheckException if a shard cannot be asked
   */
  public EdgeReport check(CollectionDefinition edges) throws RefusedCheckException {
    EdgeKeys keys = EdgeKeys.of(edges);
    SidesOfEdges sides = new SidesOfEdges(database, edges.id());
    List<Miscounted> miscounts = new ArrayList<>();
    Sum out = sides.sum(Side.OUT, -1, page -> note(page.miscounts(), keys, Side.OUT, miscounts));
    Sum in = sides.sum(Side.IN, -1, page -> note(page.miscounts(), keys, Side.IN, miscounts));
    KeyCodec codec = KeyCodec.of(edges.keyType());
    List<Difference> differences = new ArrayList<>();
    Set<Integer> suspect = suspect(out, in);
    while (!suspect.isEmpty() && differences.size() < EdgeReport.MOST) {
      List<Integer> now = suspect.stream().limit(BUCKETS_AT_ONCE).toList();
      now.forEach(suspect::remove);
      lasting(sides, now).forEach((key, both) -> differences.add(difference(codec, key, both)));
    }
    return new EdgeReport(
        edges.name(),
        out.edges(),
        differences.subList(0, Math.min(differences.size(), EdgeReport.MOST)),
        miscounts.subList(0, Math.min(miscounts.size(), EdgeReport.MOST)));
  }

  private static Set<Integer> suspect(Sum out, Sum in) {
    Set<Integer> suspect = new TreeSet<>();
    for (int bucket = 0; bucket < GraphQuery.Tally.BUCKETS; bucket++) {
      if (!out.agrees(in, bucket)) {
        suspect.add(bucket);
      }
    }
    return suspect;
  }

  /** Edges in some buckets that differ, and differ in the same way until the patience is over. */
  private Map<Key, Both> lasting(SidesOfEdges sides, List<Integer> buckets)
      throws RefusedCheckException {
    Map<Key, Both> lasting = differing(sides, buckets);
    for (int round = 0; round < ROUNDS && !lasting.isEmpty(); round++) {
      LockSupport.parkNanos(patience.dividedBy(ROUNDS).toNanos());
      Map<Key, Both> now = differing(sides, buckets);
      lasting.entrySet().removeIf(each -> !each.getValue().equals(now.get(each.getKey())));
    }
    return lasting;
  }

  private static Map<Key, Both> differing(SidesOfEdges sides, List<Integer> buckets)
      throws RefusedCheckException {
    Map<Key, Both> differing = new TreeMap<>();
    for (int bucket : buckets) {
      Map<Key, Long> out = new TreeMap<>();
      Map<Key, Long> in = new TreeMap<>();
      sides.sum(Side.OUT, bucket, page -> page.traces().forEach(t -> out.put(t.edge(), t.trace())));
      sides.sum(Side.IN, bucket, page -> page.traces().forEach(t -> in.put(t.edge(), t.trace())));
      TreeSet<Key> all = new TreeSet<>(out.keySet());
      all.addAll(in.keySet());
      for (Key key : all) {
        Both both = new Both(out.get(key), in.get(key));
        if (both.out() == null || !both.out().equals(both.in())) {
          differing.put(key, both);
        }
      }
    }
    return differing;
  }

  private static Difference difference(KeyCodec codec, Key key, Both both) {
    String what =
        both.in() == null
            ? "missing where it ends"
            : both.out() == null ? "missing where it begins" : "not the same at both ends";
    return new Difference(codec.toText(key), what);
  }

  private static void note(
      List<Miscount> miscounts, EdgeKeys keys, Side side, List<Miscounted> noted) {
    for (Miscount miscount : miscounts) {
      noted.add(
          new Miscounted(
              vertex(keys, side, miscount.vertex()),
              side == Side.OUT ? "out" : "in",
              miscount.degree(),
              miscount.edges()));
    }
  }

  private static String vertex(EdgeKeys keys, Side side, Key prefix) {
    try {
      Key vertex = keys.vertex(side, prefix);
      return KeyCodec.of(side == Side.OUT ? keys.ends().from() : keys.ends().to()).toText(vertex);
    } catch (IllegalArgumentException e) {
      return prefix.toString(); // a degree of nothing that could be a vertex
    }
  }
}
