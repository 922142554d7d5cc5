package dev.weir.store.read;

import dev.weir.store.GraphQuery.Side;
import dev.weir.store.Version;
import dev.weir.store.write.EdgeTypes.EdgeType;
import dev.weir.store.write.StateKeys;
import org.jspecify.annotations.Nullable;

/**
 * A walk over one side of an edge type, opened when it is needed, with the marks that it must mind.
 * Everything it meets is as of one time. Confined to one thread; must be closed once.
 */
final class EdgeWalk implements AutoCloseable {
  private final ShardView view;
  private final EdgeType type;
  private final Side side;
  private ShardView.@Nullable Walk open;
  private HiddenEdges hidden = HiddenEdges.none();
  private long stamp = -1;

  EdgeWalk(ShardView view, EdgeType type, Side side) {
    this.view = view;
    this.type = type;
    this.side = side;
  }

  /** The mark of a vertex; null = none. */
  @Nullable Version mark(byte[] vertex) {
    open();
    return hidden.mark(vertex);
  }

  /** The walk, moved to the first entry that is not before a state key. */
  ShardView.Walk at(byte[] stateKey) {
    ShardView.Walk walk = open();
    walk.seek(stateKey);
    return walk;
  }

  /** The cache's stamp before the walk was opened. */
  long stamp() {
    return stamp;
  }

  private ShardView.Walk open() {
    ShardView.Walk walk = open;
    if (walk == null) {
      NeighbourCache cache = view.neighbours();
      stamp = cache == null ? -1 : cache.stamp();
      byte[] marks = StateKeys.hidden(type.id(), side);
      byte[] end =
          side == Side.OUT ? StateKeys.documents(type.id() + 1) : StateKeys.incoming(type.id() + 1);
      walk = view.visit(marks, end);
      open = walk;
      hidden = HiddenEdges.at(walk, marks);
    }
    return walk;
  }

  @Override
  public void close() {
    ShardView.Walk walk = open;
    if (walk != null) {
      walk.close();
    }
  }
}
