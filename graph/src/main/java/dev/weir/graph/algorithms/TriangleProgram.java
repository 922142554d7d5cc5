package dev.weir.graph.algorithms;

import dev.weir.graph.Column;
import dev.weir.graph.Combine;
import dev.weir.graph.DoubleColumn;
import dev.weir.graph.ListChannel;
import dev.weir.graph.LongChannel;
import dev.weir.graph.LongColumn;
import dev.weir.graph.Published;
import dev.weir.graph.Setup;
import dev.weir.graph.Vertex;
import dev.weir.graph.VertexProgram;

/**
 * Finds every triangle once: each vertex tells its higher neighbours (of higher degree, or else
 * number) about one another, and these compare that with their own. All three corners then count
 * it.
 *
 * <p>Directions are ignored but for the weight: a corner counts a triangle as one, or as often as
 * the opposite side has directions. Four supersteps: show degrees, send lists, compare them, add
 * up.
 */
final class TriangleProgram implements VertexProgram {

  static final int SUPERSTEPS = 4;

  /** Directions of an edge, less one, are the lowest bit of an item; the number is above it. */
  private static final int DIRECTION_BITS = 1;

  /** What a triangle adds to each corner. */
  enum Counting {
    TRIANGLES,
    DIRECTIONS_OF_OPPOSITE_SIDE
  }

  private final Counting counting;
  private final int first;
  private final Neighbours neighbours;
  private final Published degrees;
  private final ListChannel lists;
  private final LongChannel found;
  private final LongColumn count;
  private final DoubleColumn share;

  /** For each vertex its higher neighbours; made when needed, from edges and degrees. */
  private final long[][] higher;

  private int[] addressees = new int[0];

  TriangleProgram(Setup setup, Counting counting) {
    this.counting = counting;
    first = setup.first();
    neighbours = new Neighbours(setup.graph().directed());
    setup.book(24L * setup.size() + 8 * setup.graph().edges() * setup.size() / all(setup));
    higher = new long[setup.size()][];
    degrees = setup.published();
    lists = setup.listChannel(this::compare);
    found = setup.longChannel(Combine.SUM);
    count = setup.longColumn(0);
    share = setup.doubleColumn(0);
  }

  private static long all(Setup setup) {
    return Math.max(1, setup.graph().vertices());
  }

  @Override
  public void compute(Vertex vertex, int superstep) {
    switch (superstep) {
      case 0 -> {
        neighbours.take(vertex);
        degrees.publish(vertex, neighbours.size());
      }
      case 1 -> tellHigherNeighbours(vertex);
      case 2 -> {
        // Lists have been compared as they arrived.
      }
      default -> addUp(vertex);
    }
  }

  private void tellHigherNeighbours(Vertex vertex) {
    long[] own = higher(vertex);
    if (own.length < 2) {
      return;
    }
    if (own.length > addressees.length) {
      addressees = new int[own.length * 2];
    }
    for (int i = 0; i < own.length; i++) {
      addressees[i] = number(own[i]);
    }
    lists.send(vertex, addressees, own, own.length);
  }

  /** A lower neighbour tells of the other ones that it has: some of them may be ours too. */
  private void compare(Vertex vertex, int lower, long[] list, int length) {
    long[] own = higher(vertex);
    int between = directionsTo(vertex.number(), list, length);
    long forVertex = 0;
    long forLower = 0;
    int mine = 0;
    for (int i = 0; i < length && mine < own.length; i++) {
      int number = number(list[i]);
      while (mine < own.length && number(own[mine]) < number) {
        mine++;
      }
      if (mine < own.length && number(own[mine]) == number) {
        forVertex += weight(directions(list[i]));
        forLower += weight(directions(own[mine]));
        found.send(number, weight(between));
      }
    }
    if (forLower > 0) {
      count.set(vertex, count.get(vertex) + forVertex);
      found.send(lower, forLower);
    }
  }

  private void addUp(Vertex vertex) {
    long all = count.get(vertex) + found.get(vertex);
    count.set(vertex, all);
    neighbours.take(vertex);
    double degree = neighbours.size();
    share.set(vertex, degree < 2 ? 0 : all / (degree * (degree - 1)));
    vertex.halt();
  }

  private long[] higher(Vertex vertex) {
    long[] own = higher[vertex.number() - first];
    if (own == null) {
      own = findHigher(vertex);
      higher[vertex.number() - first] = own;
    }
    return own;
  }

  private long[] findHigher(Vertex vertex) {
    neighbours.take(vertex);
    int degree = neighbours.size();
    int size = 0;
    for (int i = 0; i < degree; i++) {
      size += isHigher(vertex, degree, i) ? 1 : 0;
    }
    long[] items = new long[size];
    int at = 0;
    for (int i = 0; i < degree; i++) {
      if (isHigher(vertex, degree, i)) {
        items[at++] =
            ((long) neighbours.number(i) << DIRECTION_BITS) | (neighbours.directions(i) - 1);
      }
    }
    return items;
  }

  private boolean isHigher(Vertex vertex, int degree, int i) {
    int number = neighbours.number(i);
    long other = degrees.of(number);
    return other > degree || (other == degree && number > vertex.number());
  }

  private static int number(long item) {
    return (int) (item >>> DIRECTION_BITS);
  }

  private static int directions(long item) {
    return (int) (item & 1) + 1;
  }

  private static int directionsTo(int number, long[] list, int length) {
    int low = 0;
    int high = length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (number(list[middle]) < number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return directions(list[low]);
  }

  private long weight(int directions) {
    return counting == Counting.TRIANGLES ? 1 : directions;
  }

  @Override
  public boolean isDone(int superstep) {
    return superstep == SUPERSTEPS - 1;
  }

  @Override
  public Column result() {
    return counting == Counting.TRIANGLES ? count : share;
  }
}
