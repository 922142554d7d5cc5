package dev.weir.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a run has measured: several samples of each figure, and ratios of figures that were taken in
 * turns. Printed as Markdown. Confined to one thread.
 */
public final class Figures {
  private final Map<String, Figure> figures = new LinkedHashMap<>();
  private final List<String> ratios = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private record Figure(String unit, List<Double> samples) {}

  /** Adds a sample of a figure. */
  public void add(String name, String unit, double sample) {
    figures.computeIfAbsent(name, n -> new Figure(unit, new ArrayList<>())).samples().add(sample);
  }

  /** Adds a remark, printed below the tables. */
  public void note(String note) {
    notes.add(note);
  }

  /**
   * Sets one figure against another; left out if either was not measured.
   *
   * @param bar what is hoped for, in words, or empty
   */
  public void ratio(String of, String to, String bar) {
    Figure one = figures.get(of);
    Figure other = figures.get(to);
    if (one != null && other != null) {
      ratios.add(
          String.format(
              Locale.ROOT,
              "| %s / %s | %.2f | %s |",
              of,
              to,
              pairedRatio(one.samples(), other.samples()),
              bar));
    }
  }

  /** The last sample of a figure that has one. */
  public double last(String name) {
    Figure figure = figures.get(name);
    if (figure == null) {
      throw new IllegalArgumentException("nothing was measured of " + name);
    }
    return figure.samples().get(figure.samples().size() - 1);
  }

  /** The median of a figure's samples; NaN if it has none. */
  public double median(String name) {
    Figure figure = figures.get(name);
    return figure == null ? Double.NaN : median(figure.samples());
  }

  /** Samples of one round are divided by each other, so that a slow minute meets both. */
  static double pairedRatio(List<Double> of, List<Double> to) {
    List<Double> pairs = new ArrayList<>();
    for (int i = 0; i < Math.min(of.size(), to.size()); i++) {
      pairs.add(of.get(i) / to.get(i));
    }
    return median(pairs);
  }

  static double median(List<Double> samples) {
    List<Double> sorted = samples.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** Tables of figures and ratios. */
  public String markdown() {
    StringBuilder out = new StringBuilder("| figure | median | lowest - highest | runs |\n");
    out.append("| --- | ---: | ---: | ---: |\n");
    figures.forEach(
        (name, figure) -> {
          List<Double> sorted = figure.samples().stream().sorted().toList();
          out.append("| ").append(name).append(" | ").append(number(median(sorted)));
          out.append(' ').append(figure.unit()).append(" | ").append(number(sorted.get(0)));
          out.append(" - ").append(number(sorted.get(sorted.size() - 1))).append(" | ");
          out.append(sorted.size()).append(" |\n");
        });
    if (!ratios.isEmpty()) {
      out.append("\n| ratio | measured | bar |\n| --- | ---: | ---: |\n");
      ratios.forEach(ratio -> out.append(ratio).append('\n'));
    }
    notes.forEach(note -> out.append('\n').append(note).append('\n'));
    return out.toString();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%,.0f" : "%.2f", value);
  }
}
