package dev.weir.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows of texts, printed so that columns stand under each other. Not thread-safe. */
public final class TextTable {

  private static final String GAP = "  ";

  private final List<String> head;
  private final List<List<String>> rows = new ArrayList<>();

  /** A table with these column heads. */
  public TextTable(String... head) {
    this.head = List.of(head);
  }

  /** Adds a row of as many cells as there are heads. */
  public TextTable row(Object... cells) {
    if (cells.length != head.size()) {
      throw new IllegalArgumentException(cells.length + " cells under " + head.size() + " heads");
    }
    rows.add(List.of(cells).stream().map(TextTable::plain).toList());
    return this;
  }

  /** Prints head and rows; numbers to the right. */
  public void print(PrintWriter out) {
    int[] widths = new int[head.size()];
    for (int i = 0; i < widths.length; i++) {
      int column = i;
      widths[i] =
          Math.max(
              head.get(i).length(),
              rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
    }
    out.println(line(head, widths));
    rows.forEach(row -> out.println(line(row, widths)));
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - cells.get(i).length());
      line.append(i == 0 ? "" : GAP);
      line.append(isNumeric(i) ? padding + cells.get(i) : cells.get(i) + padding);
    }
    return line.toString().stripTrailing();
  }

  private boolean isNumeric(int column) {
    return !rows.isEmpty()
        && rows.stream().allMatch(row -> row.get(column).matches("-|[0-9,.]+( [KMG]iB)?"));
  }

  /** Stored text may hold control characters, which would steer the reader's terminal. */
  private static String plain(Object cell) {
    return cell.toString().replaceAll("\\p{Cntrl}", "\uFFFD");
  }
}
