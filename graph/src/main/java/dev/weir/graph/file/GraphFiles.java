package dev.weir.graph.file;

import dev.weir.graph.compact.CompactGraph;
import dev.weir.graph.compact.GraphBuilder;
import dev.weir.graph.compact.Spilling;
import dev.weir.graph.file.Fields.BadField;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads a graph from a file of vertices and a file of edges. Everything that is wrong is found, not
 * only the first fault, and a faulty file gives no graph.
 */
public final class GraphFiles {

  private GraphFiles() {}

  /** How the files are written. */
  public enum Format {
    /** A vertex, or two and perhaps a weight, on a line, between spaces; of LDBC Graphalytics. */
    EVLP,

    /** Comma-separated with a header that names the columns: id; from, to and perhaps weight. */
    CSV
  }

  /** What weights are read, and which. */
  public enum Weights {
    /** None: what stands there is not looked at. */
    IGNORED,

    /** Any finite number. */
    ANY,

    /** From 0 on. */
    NON_NEGATIVE
  }

  /**
   * How to read.
   *
   * @param shards of the graph, at least 1
   * @param directed whether edges have a direction
   * @param inEdges whether edges can be followed against it
   */
  public record Reading(
      Format format, int shards, boolean directed, boolean inEdges, Weights weights) {}

  /** What came of reading. */
  public sealed interface Result {}

  /** The graph. */
  public record Read(CompactGraph graph) implements Result {}

  /**
   * There is no graph.
   *
   * @param first the first few faults, each with its file and line; at least one
   * @param count how many there are in all
   */
  public record Faulty(List<String> first, long count) implements Result {}

  /**
   * Reads a graph.
   *
   * @throws IOException if a file cannot be read at all
   */
  public static Result read(Path vertices, Path edges, Reading reading) throws IOException {
    return read(vertices, edges, reading, builder -> {});
  }

  /**
   * Reads a graph that may be larger than memory.
   *
   * @throws IOException if a file cannot be read at all, or the graph cannot be spilled
   */
  public static Result read(Path vertices, Path edges, Reading reading, Spilling spilling)
      throws IOException {
    try {
      return read(vertices, edges, reading, builder -> builder.spillTo(spilling));
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage() + ": " + e.getCause(), e);
    }
  }

  private static Result read(
      Path vertices, Path edges, Reading reading, Consumer<GraphBuilder> preparation)
      throws IOException {
    Faults faults = new Faults();
    GraphBuilder builder =
        new GraphBuilder(
            reading.shards(), reading.directed(), reading.weights() != Weights.IGNORED);
    preparation.accept(builder);
    readVertices(vertices, reading.format(), builder, faults);
    if (faults.isEmpty()) {
      readEdges(edges, reading, builder, faults);
    }
    return faults.isEmpty() ? new Read(builder.build(reading.inEdges())) : faults.result();
  }

  private static void readVertices(Path file, Format format, GraphBuilder builder, Faults faults)
      throws IOException {
    boolean any = false;
    try (Lines lines = new Lines(Files.newInputStream(file))) {
      Columns columns = new Columns(format, List.of(List.of("id", "vertex")), List.of());
      if (!columns.readHeader(lines, name(file), faults)) {
        return;
      }
      while (lines.next()) {
        any = true;
        try {
          columns.take(lines);
          long id = columns.id(0);
          if (!builder.vertex(id)) {
            faults.add(name(file), lines.number(), "vertex " + id + " was there before");
          }
        } catch (BadField e) {
          faults.add(name(file), lines.number(), String.valueOf(e.getMessage()));
        }
      }
    }
    if (!any) {
      faults.add(name(file) + ": the graph is empty: there is no vertex");
    }
  }

  private static void readEdges(Path file, Reading reading, GraphBuilder builder, Faults faults)
      throws IOException {
    boolean weighted = reading.weights() != Weights.IGNORED;
    try (Lines lines = new Lines(Files.newInputStream(file))) {
      Columns columns =
          new Columns(
              reading.format(),
              List.of(List.of("from", "source", "src"), List.of("to", "target", "dst")),
              weighted ? List.of("weight") : List.of());
      if (!columns.readHeader(lines, name(file), faults)) {
        return;
      }
      while (lines.next()) {
        try {
          columns.take(lines);
          long from = columns.id(0);
          long to = columns.id(1);
          addEdge(from, to, weighted ? weight(columns, reading.weights()) : 1, builder);
        } catch (BadField e) {
          faults.add(name(file), lines.number(), String.valueOf(e.getMessage()));
        }
      }
    }
  }

  private static double weight(Columns columns, Weights weights) throws BadField {
    double weight = columns.weight(2);
    if (weights == Weights.NON_NEGATIVE && weight < 0) {
      throw new BadField("a weight must not be below 0 here, and this one is " + weight);
    }
    return weight;
  }

  private static void addEdge(long from, long to, double weight, GraphBuilder builder)
      throws BadField {
    switch (builder.edge(from, to, weight)) {
      case NO_SUCH_SOURCE ->
          throw new BadField("there is no vertex " + from + " where the edge starts");
      case NO_SUCH_TARGET ->
          throw new BadField("there is no vertex " + to + " where the edge ends");
      case YES -> {
        // As it should be.
      }
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
