package dev.weir.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something about an algorithm that may be set.
 *
 * @param name what it is called
 * @param kind what it takes
 * @param least the least number allowed; only of numbers
 * @param most the greatest number allowed; only of numbers
 * @param preset what it is if nobody sets it, as text; null if it must be set
 * @param description one line for a person
 */
public record Parameter(
    String name,
    Kind kind,
    double least,
    double most,
    @Nullable String preset,
    String description) {

  /** What a parameter takes. */
  public enum Kind {
    INTEGER,
    NUMBER,
    VERTEX,
    VERTICES
  }

  /** A whole number. */
  public static Parameter integer(
      String name, int least, int most, int preset, String description) {
    return new Parameter(name, Kind.INTEGER, least, most, Integer.toString(preset), description);
  }

  /** A number with a fraction. */
  public static Parameter number(
      String name, double least, double most, double preset, String description) {
    return new Parameter(name, Kind.NUMBER, least, most, Double.toString(preset), description);
  }

  /** The id of a vertex of the graph; must be set. */
  public static Parameter vertex(String name, String description) {
    return new Parameter(name, Kind.VERTEX, 0, 0, null, description);
  }

  /** Ids of vertices of the graph, separated by commas; must be set. */
  public static Parameter vertices(String name, String description) {
    return new Parameter(name, Kind.VERTICES, 0, 0, null, description);
  }

  /** What is allowed, for messages and help: "damping: a number from 0 to 1". */
  public String allowed() {
    return name
        + ": "
        + switch (kind) {
          case INTEGER -> "a whole number from " + plain(least) + " to " + plain(most);
          case NUMBER -> "a number from " + plain(least) + " to " + plain(most);
          case VERTEX -> "the id of a vertex";
          case VERTICES -> "ids of vertices, separated by commas";
        };
  }

  /**
   * Reads a value.
   *
   * @return a Long, a Double or a list of Longs
   * @throws IllegalArgumentException if it is not allowed
   */
  Object read(String text) {
    try {
      return switch (kind) {
        case INTEGER -> inRange(Long.parseLong(text));
        case NUMBER -> inRange(Double.parseDouble(text));
        case VERTEX -> Long.parseLong(text);
        case VERTICES -> ids(text);
      };
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(allowed() + ", not '" + text + "'", e);
    }
  }

  private Long inRange(long value) {
    return check(value >= least && value <= most, value);
  }

  private Double inRange(double value) {
    return check(value >= least && value <= most, value);
  }

  private <T> T check(boolean good, T value) {
    if (!good) {
      throw new IllegalArgumentException(allowed() + ", not " + value);
    }
    return value;
  }

  private static List<Long> ids(String text) {
    List<Long> ids = new ArrayList<>();
    for (String id : text.split(",", -1)) {
      ids.add(Long.parseLong(id.strip()));
    }
    return List.copyOf(ids);
  }

  private static String plain(double bound) {
    return bound == Math.rint(bound) && Math.abs(bound) < 1e15
        ? String.format(Locale.ROOT, "%d", (long) bound)
        : Double.toString(bound);
  }
}
