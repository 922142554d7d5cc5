package dev.weir.graph;

/** One value for each vertex of a graph. Immutable. */
public interface VertexValues {

  /** Is given one vertex after the other. */
  interface Visitor {
    /**
     * Takes a vertex.
     *
     * @param id what the user calls it
     * @param longValue its value; meaningless if values are doubles
     * @param doubleValue its value; the same number if values are longs
     */
    void visit(long id, long longValue, double doubleValue);
  }

  /** Whether values are doubles; else they are longs. */
  boolean areDoubles();

  /** How many there are. */
  long size();

  /** Visits all, by ascending id. */
  void forEach(Visitor visitor);
}
