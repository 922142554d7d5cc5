package dev.weir.store.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Moves what nodes have above their quotas to those below, each unit along the cheapest chain of
 * moves.
 */
final class Excess {

  /** One step of a chain. */
  record Move(int shard, int from, int to, int cost) {}

  /** What can be moved. */
  interface Moves {
    /** Units a node has. */
    int load(int node);

    /** Offers every move away from a node; with {@code wide} also the dear ones to full nodes. */
    void from(int node, boolean wide, Offer offer);

    /** Makes a move. */
    void apply(Move move);
  }

  /** Takes a move into account. */
  interface Offer {
    /** Costs are not negative. */
    void move(int shard, int to, int cost);
  }

  private record Reached(long cost, int node) implements Comparable<Reached> {
    @Override
    public int compareTo(Reached other) {
      int byCost = Long.compare(cost, other.cost);
      return byCost != 0 ? byCost : Integer.compare(node, other.node);
    }
  }

  private final Quotas quotas;
  private final Moves moves;

  Excess(Quotas quotas, Moves moves) {
    this.quotas = quotas;
    this.moves = moves;
  }

  /** Moves all that can be moved. */
  void level() {
    for (int node = 0; node < quotas.size(); node++) {
      while (moves.load(node) > quotas.of(node) && (push(node, false) || push(node, true))) {
        // Each turn moves one unit.
      }
    }
  }

  private boolean push(int start, boolean wide) {
    Move[] by = new Move[quotas.size()];
    int end = search(start, wide, by);
    if (end < 0) {
      return false;
    }
    List<Move> chain = new ArrayList<>();
    Set<Integer> shards = new HashSet<>();
    for (Move move = by[end]; move != null; move = move.from() == start ? null : by[move.from()]) {
      chain.add(move);
      if (!shards.add(move.shard())) {
        // Two moves of one shard can get in each other's way.
        return false;
      }
    }
    if (moves.load(end) >= quotas.of(end)) {
      quotas.pass(lender(end), end);
    }
    chain.forEach(moves::apply);
    return true;
  }

  /** A node that has room and may as well leave it to a full one; -1 = none. */
  private int lender(int full) {
    for (int node = 0; node < quotas.size(); node++) {
      if (moves.load(node) < quotas.of(node) && quotas.passable(node, full)) {
        return node;
      }
    }
    return -1;
  }

  /** Finds the nearest node with room; by[node] is the last move of the cheapest chain to it. */
  private int search(int start, boolean wide, @Nullable Move[] by) {
    long[] costs = new long[quotas.size()];
    Arrays.fill(costs, Long.MAX_VALUE);
    boolean[] done = new boolean[quotas.size()];
    PriorityQueue<Reached> queue = new PriorityQueue<>();
    costs[start] = 0;
    queue.add(new Reached(0, start));
    while (!queue.isEmpty()) {
      Reached reached = queue.remove();
      int node = reached.node;
      if (done[node]) {
        continue;
      }
      done[node] = true;
      if (moves.load(node) < quotas.of(node) || lender(node) >= 0) {
        return node;
      }
      moves.from(
          node,
          wide,
          (shard, to, cost) -> {
            long sum = reached.cost + cost + 1;
            if (sum < costs[to]) {
              costs[to] = sum;
              by[to] = new Move(shard, node, to, cost);
              queue.add(new Reached(sum, to));
            }
          });
    }
    return -1;
  }
}
