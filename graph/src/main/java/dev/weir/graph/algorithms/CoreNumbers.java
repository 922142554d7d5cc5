package dev.weir.graph.algorithms;

import dev.weir.graph.Algorithm;
import dev.weir.graph.Arguments;
import dev.weir.graph.Combine;
import dev.weir.graph.Direction;
import dev.weir.graph.LongChannel;
import dev.weir.graph.LongColumn;
import dev.weir.graph.Need;
import dev.weir.graph.Published;
import dev.weir.graph.Setup;
import dev.weir.graph.Vertex;
import dev.weir.graph.VertexProgram;
import java.util.Arrays;
import java.util.Set;

/**
 * Core numbers: the greatest k for which a vertex belongs to a part of the graph where all have at
 * least k neighbours in that part. Directions, parallel edges and self-loops are ignored.
 *
 * <p>Source: A. Montresor, F. De Pellegrini, D. Miorandi, "Distributed k-Core Decomposition", IEEE
 * TPDS 24 (2013): a vertex starts with its degree and lowers it until so many neighbours claim as
 * much. Exact. Supersteps: at most n, in practice tens. Work: O(m) a superstep at worst.
 */
public final class CoreNumbers implements Algorithm {

  @Override
  public String name() {
    return "k-core";
  }

  @Override
  public String description() {
    return "core number of each vertex";
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.IN_EDGES);
  }

  @Override
  public VertexProgram program(Setup setup, Arguments arguments) {
    return new Program(setup);
  }

  private static final class Program implements VertexProgram {
    private final LongColumn core;
    private final Published claims;
    private final LongChannel wakeUp;
    private final Neighbours neighbours;
    private int[] claiming = new int[0];

    Program(Setup setup) {
      core = setup.longColumn(0);
      claims = setup.published();
      wakeUp = setup.longChannel(Combine.SUM);
      neighbours = new Neighbours(setup.graph().directed());
    }

    @Override
    public void compute(Vertex vertex, int superstep) {
      neighbours.take(vertex);
      int before = superstep == 0 ? Integer.MAX_VALUE : (int) core.get(vertex);
      int now = superstep == 0 ? neighbours.size() : supported(before);
      if (now < before) {
        core.set(vertex, now);
        claims.publish(vertex, now);
        wakeUp.sendAll(vertex, Direction.BOTH, 1);
      }
      vertex.halt();
    }

    /** The greatest k up to a limit for which k neighbours claim at least k. */
    private int supported(int limit) {
      if (claiming.length <= limit) {
        claiming = new int[limit * 2 + 1];
      }
      Arrays.fill(claiming, 0, limit + 1, 0);
      for (int i = 0; i < neighbours.size(); i++) {
        claiming[(int) Math.min(limit, claims.of(neighbours.number(i)))]++;
      }
      int atLeast = 0;
      for (int k = limit; k > 0; k--) {
        atLeast += claiming[k];
        if (atLeast >= k) {
          return k;
        }
      }
      return 0;
    }

    @Override
    public LongColumn result() {
      return core;
    }
  }
}
