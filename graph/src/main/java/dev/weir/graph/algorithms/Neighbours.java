package dev.weir.graph.algorithms;

import dev.weir.graph.Direction;
import dev.weir.graph.Vertex;

/**
 * The distinct neighbours of a vertex in either direction, without itself, by ascending number, and
 * in how many directions (1 or 2) an edge leads there. In an undirected graph that is always 2.
 * Holds those of one vertex at a time. Not thread-safe.
 */
final class Neighbours {

  private static final int FIRST = 64;

  private final boolean directed;
  private int[] numbers = new int[FIRST];
  private byte[] directions = new byte[FIRST];
  private int size;

  Neighbours(boolean directed) {
    this.directed = directed;
  }

  /** Takes those of a vertex; both sides are ordered, so they are merged. */
  void take(Vertex vertex) {
    int outs = vertex.degree(Direction.OUT);
    int ins = directed ? vertex.degree(Direction.IN) : 0;
    if (outs + ins > numbers.length) {
      numbers = new int[Math.max(outs + ins, numbers.length * 2)];
      directions = new byte[numbers.length];
    }
    size = 0;
    int out = 0;
    int in = 0;
    while (out < outs || in < ins) {
      int fromOut = out < outs ? vertex.neighbour(Direction.OUT, out) : Integer.MAX_VALUE;
      int fromIn = in < ins ? vertex.neighbour(Direction.IN, in) : Integer.MAX_VALUE;
      int next = Math.min(fromOut, fromIn);
      while (out < outs && vertex.neighbour(Direction.OUT, out) == next) {
        out++;
      }
      while (in < ins && vertex.neighbour(Direction.IN, in) == next) {
        in++;
      }
      add(vertex, next, !directed || fromOut == fromIn ? 2 : 1);
    }
  }

  private void add(Vertex vertex, int number, int ways) {
    if (number != vertex.number()) {
      numbers[size] = number;
      directions[size] = (byte) ways;
      size++;
    }
  }

  int size() {
    return size;
  }

  int number(int i) {
    return numbers[i];
  }

  int directions(int i) {
    return directions[i];
  }
}
