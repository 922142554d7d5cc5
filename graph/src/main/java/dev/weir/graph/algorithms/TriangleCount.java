package dev.weir.graph.algorithms;

import dev.weir.graph.Algorithm;
import dev.weir.graph.Arguments;
import dev.weir.graph.Need;
import dev.weir.graph.Setup;
import dev.weir.graph.VertexProgram;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How many triangles a vertex is a corner of. Directions, parallel edges and self-loops are
 * ignored; the sum over all vertices is three times the triangles of the graph.
 *
 * <p>Source: T. Schank, D. Wagner, "Finding, Counting and Listing All Triangles in Large Graphs",
 * WEA 2005 ("forward"), with lists sent to where they are compared, as S. Suri, S. Vassilvitskii,
 * "Counting Triangles and the Curse of the Last Reducer", WWW 2011. Exact. Supersteps: 4. Work:
 * O(m^1.5).
 */
public final class TriangleCount implements Algorithm {

  @Override
  public String name() {
    return "triangles";
  }

  @Override
  public String description() {
    return "number of triangles that each vertex is a corner of";
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.IN_EDGES);
  }

  @Override
  public OptionalInt supersteps(Arguments arguments) {
    return OptionalInt.of(TriangleProgram.SUPERSTEPS);
  }

  @Override
  public VertexProgram program(Setup setup, Arguments arguments) {
    return new TriangleProgram(setup, TriangleProgram.Counting.TRIANGLES);
  }
}
