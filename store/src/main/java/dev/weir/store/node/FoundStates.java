package dev.weir.store.node;

import dev.weir.store.Position;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The positions of the shards that lie in a node's directory. Safe from any thread. */
final class FoundStates implements Supplier<Map<Integer, Position>> {
  private volatile Map<Integer, Position> positions;

  /** What was found before the start, by shard. */
  FoundStates(Map<Integer, Position> positions) {
    this.positions = Map.copyOf(positions);
  }

  @Override
  public Map<Integer, Position> get() {
    return positions;
  }

  /** Notes that a shard's state was put to its place. */
  synchronized void put(int shard, Position position) {
    Map<Integer, Position> more = new TreeMap<>(positions);
    more.put(shard, position);
    positions = Map.copyOf(more);
  }

  /** Notes what lies there now. */
  synchronized void set(Map<Integer, Position> found) {
    positions = Map.copyOf(found);
  }
}
