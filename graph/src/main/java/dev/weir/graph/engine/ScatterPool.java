package dev.weir.graph.engine;

import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Lends the places where messages of one channel are combined: as many as shards are computed at
 * once, which is fewer than there are shards. Safe from any thread.
 */
final class ScatterPool {

  private final WordCombine combine;
  private final int vertices;
  private final MemoryBudget.Share budget;
  private final ConcurrentLinkedQueue<Scatter> free = new ConcurrentLinkedQueue<>();

  ScatterPool(WordCombine combine, int vertices, MemoryBudget.Share budget) {
    this.combine = combine;
    this.vertices = vertices;
    this.budget = budget;
  }

  Scatter lend() {
    Scatter scatter = free.poll();
    if (scatter != null) {
      return scatter;
    }
    budget.reserve(Scatter.bytes(vertices), "combining messages");
    return new Scatter(combine, vertices);
  }

  /** Takes an empty one back; one that was not emptied is left to the garbage collector. */
  void giveBack(Scatter scatter) {
    free.add(scatter);
  }
}
