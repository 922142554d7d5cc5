package dev.weir.store.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * How many units each node gets, so that nobody has two more than another of the same capacity
 * unless a limit forces it. Where units do not divide evenly, some get one more; who that is can
 * change as long as it is open.
 */
final class Quotas {
  private final Ground ground;
  private final long perPlace;
  private final int[] perNode;
  private final int[] quotas;
  private final long[] placed;

  private Quotas(Ground ground, long perPlace, int[] perNode) {
    this.ground = ground;
    this.perPlace = perPlace;
    this.perNode = perNode;
    this.quotas = new int[ground.size()];
    this.placed = new long[ground.places.count()];
  }

  private record Turn(int node, int units, int capacity, int preference) {
    /** Whose next unit is the lightest comes first; then who has the most of what it would get. */
    static final Comparator<Turn> ORDER =
        ((Comparator<Turn>)
                (a, b) ->
                    Long.compare((2L * a.units + 1) * b.capacity, (2L * b.units + 1) * a.capacity))
            .thenComparingInt(turn -> -turn.preference)
            .thenComparingInt(Turn::node);
  }

  /**
   * Divides units among nodes, one by one.
   *
   * @param total units to give; fewer are given if the nodes' limits leave no room
   * @param perPlace units that all nodes of a place get before any place gets more
   * @param perNode most units, by node
   * @param preference by node: who of equals gets one more
   */
  static Quotas of(Ground ground, long total, long perPlace, int[] perNode, int[] preference) {
    Quotas quotas = new Quotas(ground, perPlace, perNode);
    quotas.divide(total, preference);
    return quotas;
  }

  private void divide(long total, int[] preference) {
    PriorityQueue<Turn> turns = new PriorityQueue<>(Turn.ORDER);
    List<Turn> later = new ArrayList<>();
    for (int node = 0; node < quotas.length; node++) {
      turns.add(new Turn(node, 0, capacity(node), preference[node]));
    }
    long limit = perPlace;
    for (long left = total; left > 0 && !(turns.isEmpty() && later.isEmpty()); ) {
      if (turns.isEmpty()) {
        limit = Long.MAX_VALUE;
        turns.addAll(later);
        later.clear();
      }
      Turn turn = turns.remove();
      if (turn.units >= perNode[turn.node]) {
        continue;
      }
      if (placed[ground.places.of(turn.node)] >= limit) {
        later.add(turn);
        continue;
      }
      give(turn.node, 1);
      left--;
      turns.add(new Turn(turn.node, turn.units + 1, turn.capacity, turn.preference));
    }
  }

  private void give(int node, int units) {
    quotas[node] += units;
    placed[ground.places.of(node)] += units;
  }

  private int capacity(int node) {
    return ground.nodes.get(node).capacity();
  }

  int size() {
    return quotas.length;
  }

  int of(int node) {
    return quotas[node];
  }

  /**
   * Whether a node that is not using its last unit could as well leave it to another one, which is
   * just as loaded with it.
   */
  boolean passable(int from, int to) {
    int place = ground.places.of(to);
    boolean fits =
        place == ground.places.of(from)
            // Beyond the first share of all places, any place may have more.
            || placed[place] + 1 <= perPlace
            || placed[ground.places.of(from)] > perPlace;
    return fits
        && from != to
        && quotas[from] > 0
        && quotas[to] < perNode[to]
        && (2L * quotas[from] - 1) * capacity(to) == (2L * quotas[to] + 1) * capacity(from);
  }

  /** Passes a unit on. */
  void pass(int from, int to) {
    give(from, -1);
    give(to, 1);
  }
}
