package dev.weir.cli.graph;

import dev.weir.cli.TextTable;
import dev.weir.graph.Algorithm;
import dev.weir.graph.VertexValues;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;

/** The few values of a result that a person wants to see first. */
final class TopOfResult {

  private final Algorithm.Meaning meaning;
  private final int most;

  /** The first so many of values with a meaning. */
  TopOfResult(Algorithm.Meaning meaning, int most) {
    this.meaning = meaning;
    this.most = most;
  }

  /** A line of the table. */
  private record Row(long id, double value, String text) {}

  /** Prints them, the greatest first, and of the same value that with the least id. */
  void print(VertexValues values, PrintWriter out) {
    if (meaning == Algorithm.Meaning.GROUP) {
      printGroups(values, out);
    } else {
      printVertices(values, out);
    }
  }

  private void printVertices(VertexValues values, PrintWriter out) {
    PriorityQueue<Row> best = new PriorityQueue<>(order().reversed());
    long[] unreachable = new long[1];
    values.forEach(
        (id, longValue, doubleValue) -> {
          if (isUnreachable(values, longValue, doubleValue)) {
            unreachable[0]++;
          } else {
            String text =
                values.areDoubles()
                    ? String.format(Locale.ROOT, "%.6g", doubleValue)
                    : Long.toString(longValue);
            keep(best, new Row(id, doubleValue, text));
          }
        });
    TextTable table = new TextTable("vertex", "value");
    sorted(best).forEach(row -> table.row(row.id(), row.text()));
    table.print(out);
    if (meaning == Algorithm.Meaning.DISTANCE) {
      out.printf(
          Locale.ROOT, "reached: %,d of %,d%n", values.size() - unreachable[0], values.size());
    }
  }

  private boolean isUnreachable(VertexValues values, long longValue, double doubleValue) {
    return meaning == Algorithm.Meaning.DISTANCE
        && (values.areDoubles() ? Double.isInfinite(doubleValue) : longValue == Long.MAX_VALUE);
  }

  private void printGroups(VertexValues values, PrintWriter out) {
    Map<Long, Long> sizes = new HashMap<>();
    values.forEach((id, longValue, doubleValue) -> sizes.merge(longValue, 1L, Long::sum));
    PriorityQueue<Row> best = new PriorityQueue<>(order().reversed());
    sizes.forEach((group, size) -> keep(best, new Row(group, size, Long.toString(size))));
    TextTable table = new TextTable("group", "vertices");
    sorted(best).forEach(row -> table.row(row.id(), row.text()));
    table.print(out);
    out.printf(Locale.ROOT, "groups: %,d%n", sizes.size());
  }

  private void keep(PriorityQueue<Row> best, Row row) {
    best.add(row);
    if (best.size() > most) {
      best.remove();
    }
  }

  private static List<Row> sorted(PriorityQueue<Row> best) {
    return best.stream().sorted(order()).toList();
  }

  private static Comparator<Row> order() {
    return Comparator.comparingDouble(Row::value).reversed().thenComparingLong(Row::id);
  }
}
