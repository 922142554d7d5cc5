package dev.weir.chaos.check;

import dev.weir.chaos.Call;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks for an order of the calls of one key that respects real time and explains every answer:
 * Wing and Gong's search with Lowe's memory of configurations already tried.
 *
 * <p>Three things keep it small without losing an order. A call that only looks and fits the state
 * is taken at once: it could always be moved here. A call whose fate is unknown is tried only where
 * a later answer can tell: followed by a call that does not look, it could as well be left out. And
 * known calls are tried before unknown ones.
 */
final class OrderSearch {

  private final List<Step> certain;
  private final List<Step> uncertain;
  private final long budget;

  private final BitSet taken = new BitSet();
  private final BitSet used = new BitSet();
  private final Set<Configuration> tried = new HashSet<>();

  /** The steps already placed, the state they lead to, and whether the last one needs a look. */
  private record Configuration(BitSet taken, BitSet used, long state, boolean owed) {}

  /** A configuration whose successors are being tried, and how it was reached. */
  private static final class Frame {
    final int certainStep;
    final int uncertainStep;
    final List<Integer> looks = new ArrayList<>();
    List<Move> moves = List.of();
    int next;

    Frame(int certainStep, int uncertainStep) {
      this.certainStep = certainStep;
      this.uncertainStep = uncertainStep;
    }
  }

  /** A step that may come next; exactly one of the indices is set, the other one is -1. */
  private record Move(int certainStep, int uncertainStep, long state) {}

  /**
   * A search over the calls of one key.
   *
   * @param steps in any order
   * @param budget of configurations until it gives up
   */
  OrderSearch(List<Step> steps, long budget) {
    Comparator<Step> byStart = Comparator.comparingLong(step -> step.op().start());
    this.certain = steps.stream().filter(Step::certain).sorted(byStart).toList();
    this.uncertain = steps.stream().filter(step -> !step.certain()).sorted(byStart).toList();
    this.budget = budget;
  }

  Verdict run() {
    Deque<Frame> path = new ArrayDeque<>();
    if (enter(path, new Move(-1, -1, Call.ABSENT))) {
      return Verdict.EXPLAINED;
    }
    while (!path.isEmpty()) {
      Frame frame = path.getLast();
      if (frame.next == frame.moves.size()) {
        leave(path.removeLast());
      } else if (tried.size() > budget) {
        return Verdict.UNDECIDED;
      } else if (enter(path, frame.moves.get(frame.next++))) {
        return Verdict.EXPLAINED;
      }
    }
    return Verdict.CONTRADICTED;
  }

  /** Places a step and what looks right behind it; true if nothing is left to place. */
  private boolean enter(Deque<Frame> path, Move move) {
    Frame frame = new Frame(move.certainStep(), move.uncertainStep());
    if (frame.certainStep >= 0) {
      taken.set(frame.certainStep);
    }
    if (frame.uncertainStep >= 0) {
      used.set(frame.uncertainStep);
    }
    path.addLast(frame);
    takeLooks(frame, move.state());
    if (taken.cardinality() == certain.size()) {
      return true;
    }
    boolean owed = frame.uncertainStep >= 0 && frame.looks.isEmpty();
    BitSet takenNow = (BitSet) taken.clone();
    if (tried.add(new Configuration(takenNow, (BitSet) used.clone(), move.state(), owed))) {
      frame.moves = moves(move.state(), owed);
    }
    return false;
  }

  private void leave(Frame frame) {
    frame.looks.forEach(taken::clear);
    if (frame.certainStep >= 0) {
      taken.clear(frame.certainStep);
    }
    if (frame.uncertainStep >= 0) {
      used.clear(frame.uncertainStep);
    }
  }

  private void takeLooks(Frame frame, long state) {
    boolean again = true;
    while (again) {
      again = false;
      long horizon = horizon();
      for (int i = taken.nextClearBit(0); i < certain.size(); i = taken.nextClearBit(i + 1)) {
        Step step = certain.get(i);
        if (step.op().start() > horizon) {
          break;
        }
        if (step.onlyLooks() && step.after(state) != Step.IMPOSSIBLE) {
          taken.set(i);
          frame.looks.add(i);
          again = true;
        }
      }
    }
  }

  private List<Move> moves(long state, boolean owed) {
    List<Move> moves = new ArrayList<>();
    long horizon = horizon();
    for (int i = taken.nextClearBit(0); i < certain.size(); i = taken.nextClearBit(i + 1)) {
      Step step = certain.get(i);
      if (step.op().start() > horizon) {
        break;
      }
      if (step.looks() || !owed) {
        addMove(moves, i, -1, step.after(state));
      }
    }
    for (int i = used.nextClearBit(0); i < uncertain.size(); i = used.nextClearBit(i + 1)) {
      Step step = uncertain.get(i);
      if (step.op().start() > horizon) {
        break;
      }
      if ((step.looks() || !owed) && step.after(state) != state) {
        addMove(moves, -1, i, step.after(state));
      }
    }
    return moves;
  }

  private static void addMove(List<Move> moves, int certainStep, int uncertainStep, long state) {
    if (state != Step.IMPOSSIBLE) {
      moves.add(new Move(certainStep, uncertainStep, state));
    }
  }

  /** Nothing that began later may come next: a call that is not placed yet ended before. */
  private long horizon() {
    long horizon = Long.MAX_VALUE;
    for (int i = taken.nextClearBit(0); i < certain.size(); i = taken.nextClearBit(i + 1)) {
      if (certain.get(i).op().start() > horizon) {
        break;
      }
      horizon = Math.min(horizon, certain.get(i).op().end());
    }
    return horizon;
  }
}
