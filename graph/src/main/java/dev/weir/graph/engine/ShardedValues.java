package dev.weir.graph.engine;

import dev.weir.graph.Column;
import dev.weir.graph.DoubleColumn;
import dev.weir.graph.LongColumn;
import dev.weir.graph.VertexValues;
import dev.weir.graph.compact.GraphPart;
import dev.weir.graph.compact.ShardGraph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Results of several shards, merged by id when they are visited. */
public final class ShardedValues implements VertexValues {

  private final List<long[]> ids;
  private final List<Column> columns;
  private final long size;

  private ShardedValues(List<long[]> ids, List<Column> columns) {
    this.ids = ids;
    this.columns = columns;
    this.size = columns.stream().mapToLong(Column::size).sum();
  }

  /** Results in the order of the part's shards. */
  static VertexValues of(GraphPart graph, List<Column> columns) {
    List<long[]> ids = graph.shards().values().stream().map(ShardGraph::ids).toList();
    return new ShardedValues(ids, columns);
  }

  /**
   * Results of one run that came out in several processes.
   *
   * @param parts of kinds that this engine has made; at least one
   */
  public static VertexValues join(List<VertexValues> parts) {
    List<long[]> ids = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (VertexValues part : parts) {
      ids.addAll(((ShardedValues) part).ids);
      columns.addAll(((ShardedValues) part).columns);
    }
    return new ShardedValues(ids, columns);
  }

  /** The next vertex of a shard. */
  private record Head(int shard, int place, long id) {}

  @Override
  public boolean areDoubles() {
    return columns.get(0) instanceof DoubleColumn;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void forEach(Visitor visitor) {
    PriorityQueue<Head> heads =
        new PriorityQueue<>(columns.size(), Comparator.comparingLong(Head::id));
    for (int shard = 0; shard < columns.size(); shard++) {
      push(heads, shard, 0);
    }
    while (!heads.isEmpty()) {
      Head head = heads.remove();
      visit(head, visitor);
      push(heads, head.shard(), head.place() + 1);
    }
  }

  private void push(PriorityQueue<Head> heads, int shard, int place) {
    if (place < ids.get(shard).length) {
      heads.add(new Head(shard, place, ids.get(shard)[place]));
    }
  }

  private void visit(Head head, Visitor visitor) {
    Column column = columns.get(head.shard());
    if (column instanceof LongColumn longs) {
      long value = longs.at(head.place());
      visitor.visit(head.id(), value, (double) value);
    } else if (column instanceof DoubleColumn doubles) {
      double value = doubles.at(head.place());
      visitor.visit(head.id(), (long) value, value);
    }
  }
}
