package dev.weir.cli.demo;

import dev.weir.cli.TextTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Counts right and wrong answers check by check. Not thread-safe. */
final class CheckTable {

  private static final int TOLD_WRONGS = 10;

  private record Line(String check, long asked, long right) {}

  private final List<Line> lines = new ArrayList<>();
  private final List<String> wrongs = new ArrayList<>();

  /** Adds answers of a check. */
  final class Check {
    private final String name;
    private long asked;
    private long right;

    private Check(String name) {
      this.name = name;
    }

    /** Notes an answer; {@code said} is told if it is wrong. */
    void answer(boolean isRight, String said) {
      asked++;
      if (isRight) {
        right++;
      } else if (wrongs.size() < TOLD_WRONGS) {
        wrongs.add(name + ": " + said);
      }
    }

    /** Ends the check. */
    void end() {
      lines.add(new Line(name, asked, right));
    }
  }

  Check check(String name) {
    return new Check(name);
  }

  /** Whether every check had answers and all of them were right. */
  boolean allRight() {
    return !lines.isEmpty() && lines.stream().allMatch(l -> l.asked > 0 && l.asked == l.right);
  }

  void print(PrintWriter out) {
    TextTable table = new TextTable("CHECK", "ASKED", "RIGHT", "RESULT");
    for (Line line : lines) {
      boolean ok = line.asked > 0 && line.asked == line.right;
      table.row(line.check, line.asked, line.right, ok ? "ok" : "WRONG");
    }
    table.print(out);
    wrongs.forEach(wrong -> out.println("wrong: " + wrong));
    out.println(allRight() ? "All checks passed." : "Some checks failed.");
  }
}
