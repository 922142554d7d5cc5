package dev.weir.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.TextTable;
import dev.weir.graph.Algorithm;
import dev.weir.graph.algorithms.Algorithms;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What a person wants to see of many values: the greatest scores, the largest groups, or how many
 * vertices were reached and how far the furthest is. Confined to one thread.
 */
final class ValueSummary {

  /** A value as it is shown. */
  private record Row(String vertex, JsonNode value) {
    double number() {
      return value.asDouble();
    }
  }

  private final Algorithm.Meaning meaning;
  private final int top;
  private final PriorityQueue<Row> greatest =
      new PriorityQueue<>(Comparator.comparingDouble(Row::number));
  private final Map<String, Integer> groups = new HashMap<>();
  private long all;
  private long reached;
  private @Nullable Row furthest;

  /**
   * A summary without values.
   *
   * @param algorithm whose values they are
   * @param top how many scores or groups are shown
   */
  ValueSummary(String algorithm, int top) {
    this.meaning =
        Algorithms.named(algorithm).map(Algorithm::meaning).orElse(Algorithm.Meaning.SCORE);
    this.top = top;
  }

  void add(String vertex, JsonNode value) {
    all++;
    if (value.isNull()) {
      return;
    }
    reached++;
    Row row = new Row(vertex, value);
    switch (meaning) {
      case SCORE -> {
        greatest.add(row);
        if (greatest.size() > top) {
          greatest.remove();
        }
      }
      case GROUP -> groups.merge(value.asText(), 1, Integer::sum);
      case DISTANCE -> {
        Row before = furthest;
        furthest = before == null || row.number() > before.number() ? row : before;
      }
    }
  }

  void print(PrintWriter out) {
    switch (meaning) {
      case SCORE -> {
        TextTable table = new TextTable("vertex", "value");
        greatest.stream()
            .sorted(Comparator.comparingDouble(Row::number).reversed())
            .forEach(row -> table.row(row.vertex(), row.value().asText()));
        table.print(out);
      }
      case GROUP -> {
        out.printf(Locale.ROOT, "%,d groups%n", groups.size());
        TextTable table = new TextTable("group", "vertices");
        groups.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(top)
            .forEach(group -> table.row(group.getKey(), group.getValue().toString()));
        table.print(out);
      }
      case DISTANCE -> {
        out.printf(Locale.ROOT, "%,d of %,d reached%n", reached, all);
        Row far = furthest;
        if (far != null) {
          out.printf("furthest: %s, %s%n", far.vertex(), far.value().asText());
        }
      }
    }
    out.flush();
  }
}
