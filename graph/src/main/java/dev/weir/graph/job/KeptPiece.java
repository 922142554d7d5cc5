package dev.weir.graph.job;

import dev.weir.graph.GraphFacts;
import dev.weir.graph.compact.Adjacency;
import dev.weir.graph.compact.BytesIndex;
import dev.weir.graph.compact.ChunkReader;
import dev.weir.graph.compact.ChunkWriter;
import dev.weir.graph.compact.ShardGraph;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A shard's graph as it is kept: lists of neighbours as differences, weights as they are. */
final class KeptPiece {

  private static final int VERSION = 1;

  private KeptPiece() {}

  /** What the edges against their direction are. */
  private enum In {
    NONE,
    SAME,
    OWN
  }

  /** Writes it, chunk by chunk. */
  static void write(ShardPiece piece, Consumer<byte[]> chunks) {
    ChunkWriter out = new ChunkWriter(chunks);
    out.number(VERSION);
    ShardPiece.Layout layout = piece.layout();
    ints(layout.firsts(), out);
    out.number(layout.cut().length);
    out.longs(layout.cut());
    ints(layout.sought(), out);
    facts(piece.facts(), out);
    out.number(piece.dangling());
    ShardGraph graph = piece.graph();
    out.number(graph.size());
    for (int place = 0; place < graph.size(); place++) {
      out.bytes(piece.keys().get(place));
    }
    lists(graph.out(), graph.size(), out);
    Adjacency in = graph.in();
    In kind = in == null ? In.NONE : graph.isUndirected() ? In.SAME : In.OWN;
    out.number(code(kind));
    if (in != null && kind == In.OWN) {
      lists(in, graph.size(), out);
    }
    out.end();
  }

  private static int code(In kind) {
    return switch (kind) {
      case NONE -> 0;
      case SAME -> 1;
      case OWN -> 2;
    };
  }

  private static void ints(int[] numbers, ChunkWriter out) {
    out.number(numbers.length);
    for (int number : numbers) {
      out.signed(number);
    }
  }

  private static void facts(GraphFacts facts, ChunkWriter out) {
    out.number(facts.vertices());
    out.number(facts.edges());
    out.number(facts.directed() ? 1 : 0);
    out.number(facts.weighted() ? 1 : 0);
    out.fixed(Double.doubleToRawLongBits(facts.lowestWeight()));
    out.number(facts.inEdges() ? 1 : 0);
  }

  private static void lists(Adjacency lists, int size, ChunkWriter out) {
    int[] offsets = lists.offsets();
    int[] targets = lists.targets();
    double[] weights = lists.weights();
    out.number(targets.length);
    out.number(weights == null ? 0 : 1);
    for (int place = 0; place < size; place++) {
      out.number(lists.degree(place));
      int before = 0;
      for (int at = offsets[place]; at < offsets[place + 1]; at++) {
        out.signed(targets[at] - (long) before);
        before = targets[at];
        if (weights != null) {
          out.fixed(Double.doubleToRawLongBits(weights[at]));
        }
      }
    }
  }

  /**
   * Reads it back.
   *
   * @param ids what its vertices are called, by their keys
   */
  static ShardPiece read(int shard, List<byte[]> chunks, VertexIds ids) {
    ChunkReader in = new ChunkReader(chunks);
    long version = in.number();
    if (version != VERSION) {
      throw new IllegalStateException("a kept graph of version " + version + ", not " + VERSION);
    }
    int[] firsts = ints(in);
    long[] cut = new long[(int) in.number()];
    in.longs(cut);
    ShardPiece.Layout layout = new ShardPiece.Layout(firsts, cut, ints(in));
    GraphFacts facts =
        new GraphFacts(
            in.number(),
            in.number(),
            in.number() == 1,
            in.number() == 1,
            Double.longBitsToDouble(in.fixed()),
            in.number() == 1);
    long dangling = in.number();
    int size = (int) in.number();
    BytesIndex keys = new BytesIndex();
    for (int place = 0; place < size; place++) {
      var unused = keys.add(in.bytes());
    }
    Adjacency out = lists(size, in);
    long kind = in.number();
    @Nullable Adjacency inward =
        kind == code(In.NONE) ? null : kind == code(In.SAME) ? out : lists(size, in);
    int first = firsts[shard];
    ShardGraph graph = new ShardGraph(first, ids.of(keys, first), out, inward);
    return new ShardPiece(graph, keys, layout, facts, dangling);
  }

  private static int[] ints(ChunkReader in) {
    int[] numbers = new int[(int) in.number()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (int) in.signed();
    }
    return numbers;
  }

  private static Adjacency lists(int size, ChunkReader in) {
    int[] offsets = new int[size + 1];
    int[] targets = new int[(int) in.number()];
    double[] weights = in.number() == 1 ? new double[targets.length] : null;
    int at = 0;
    for (int place = 0; place < size; place++) {
      long degree = in.number();
      long before = 0;
      for (long i = 0; i < degree; i++) {
        before += in.signed();
        targets[at] = (int) before;
        if (weights != null) {
          weights[at] = Double.longBitsToDouble(in.fixed());
        }
        at++;
      }
      offsets[place + 1] = at;
    }
    return new Adjacency(offsets, targets, weights);
  }
}
