package dev.weir.store;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A question about the edges of vertices, answerable by the shard that holds the vertices' side of
 * them.
 *
 * @param <R> what one shard answers
 */
public sealed interface GraphQuery<R> extends Query<R> {

  /**
   * The edges of vertices of one shard on one side, for each vertex in the order of {@code
   * vertices}.
   *
   * @param collection id of the edge type
   * @param side OUT = edges that begin at the vertices, IN = that end there
   * @param vertices keys of documents, there or not; at least one; duplicates are answered twice
   * @param limit most links of each vertex, at least 1
   * @param after key of an edge, behind which the page of the one vertex begins; null = at the
   *     beginning
   * @param filter which edges, by their values; null = all
   * @param values whether values are answered
   */
  record Expand(
      int collection,
      Side side,
      List<Key> vertices,
      int limit,
      @Nullable Key after,
      @Nullable Filter filter,
      boolean values)
      implements GraphQuery<List<Neighbours>> {
    public Expand {
      vertices = List.copyOf(vertices);
      if (limit < 1) {
        throw new IllegalArgumentException("a page holds at least 1 link, not " + limit);
      }
      if (after != null && vertices.size() != 1) {
        throw new IllegalArgumentException("a page can begin behind an edge of one vertex only");
      }
    }
  }

  /**
   * How many edges vertices of one shard have on one side, in the order of {@code vertices}.
   *
   * @param collection id of the edge type
   * @param side OUT = edges that begin at the vertices, IN = that end there
   * @param vertices keys of documents, there or not; at least one
   */
  record Degrees(int collection, Side side, List<Key> vertices) implements GraphQuery<List<Long>> {
    public Degrees {
      vertices = List.copyOf(vertices);
    }
  }

  /**
   * A step of a walk over the graph, taken where the vertices are: which of them match, and the
   * edges of those that do; in the order of {@code vertices}.
   *
   * @param collection id of the vertices' collection
   * @param vertices keys of documents of one shard, there or not; at least one
   * @param documents how much of their documents is answered
   * @param filter which vertices; null = all, even those that do not exist
   * @param fields paths of the fields that are wanted of a document; empty = all
   * @param along which edges are answered of the vertices that match; may be empty
   * @param most after so many links, at least 1, further vertices are answered without links, as if
   *     they had more
   */
  record Visit(
      int collection,
      List<Key> vertices,
      Wanted documents,
      @Nullable Filter filter,
      List<String> fields,
      List<Along> along,
      int most)
      implements GraphQuery<List<Visited>> {
    public Visit {
      if (most < 1) {
        throw new IllegalArgumentException("a visit answers at least 1 link, not " + most);
      }
      vertices = List.copyOf(vertices);
      fields = List.copyOf(fields);
      along = List.copyOf(along);
    }
  }

  /** How much of a document is answered; nodes send each other the place in this list. */
  enum Wanted {
    /** Nothing: whether it exists is not looked up either, unless a filter asks for it. */
    NOTHING,
    /** Whether it exists: a document without a value. */
    EXISTENCE,
    /** The document, or those fields of it that are named. */
    FIELDS
  }

  /**
   * Edges of a vertex that are answered when it is visited.
   *
   * @param collection id of the edge type
   * @param side OUT = edges that begin at the vertex, IN = that end there
   * @param filter which edges, by their values; null = all
   * @param limit most links of each vertex, at least 1
   * @param values whether the edges' values are answered
   */
  record Along(int collection, Side side, @Nullable Filter filter, int limit, boolean values) {
    public Along {
      if (limit < 1) {
        throw new IllegalArgumentException("a page holds at least 1 link, not " + limit);
      }
    }
  }

  /**
   * What was found at a vertex.
   *
   * @param matches whether the filter holds; without one, true
   * @param document as far as it was wanted; empty = it was not, or does not exist
   * @param along per {@link Along} in their order; empty if it does not match
   */
  record Visited(boolean matches, Optional<Document> document, List<Neighbours> along) {
    public Visited {
      along = List.copyOf(along);
    }
  }

  /**
   * A page of the check of an edge type: what the edges of one side of a shard add up to, in the
   * order of their vertices on that side. A vertex's edges are never parted, and everything in a
   * page is seen as of one time.
   *
   * @param collection id of the edge type
   * @param shard the shard that is asked
   * @param side which of its sides
   * @param after {@link Tallied#next} of the page before; null = the first page
   * @param bucket whose edges are named, see {@link Tallied}; -1 = none
   * @param limit about how many edges a page counts, at least 1
   */
  record Tally(int collection, int shard, Side side, @Nullable Key after, int bucket, int limit)
      implements GraphQuery<Tallied> {
    /** Into so many buckets edges are divided by their keys. */
    public static final int BUCKETS = 256;

    public Tally {
      if (limit < 1 || bucket >= BUCKETS) {
        throw new IllegalArgumentException("limit " + limit + ", bucket " + bucket);
      }
    }
  }

  /**
   * What a page of a check found.
   *
   * @param edges how many it counted
   * @param sums of the traces of each bucket's edges: the same on both sides if the edges are
   * @param traces of the edges of the bucket that was named
   * @param miscounts vertices whose degree is not the number of their edges
   * @param next what the next page begins behind; null = this was the last one
   */
  record Tallied(
      long edges,
      List<Long> sums,
      List<Trace> traces,
      List<Miscount> miscounts,
      @Nullable Key next) {
    public Tallied {
      sums = List.copyOf(sums);
      traces = List.copyOf(traces);
      miscounts = List.copyOf(miscounts);
    }
  }

  /**
   * An edge as one side has it.
   *
   * @param edge its key
   * @param trace a number that depends on its key, version, time and value
   */
  record Trace(Key edge, long trace) {}

  /**
   * A vertex whose degree is wrong.
   *
   * @param vertex what the keys of its edges, or their reversed keys, begin with
   * @param degree what the counter says
   * @param edges how many edges it has
   */
  record Miscount(Key vertex, long degree, long edges) {}

  /** Side of an edge, seen from a vertex. */
  enum Side {
    /** The vertex is where the edge begins. */
    OUT,
    /** The vertex is where the edge ends. */
    IN
  }

  /**
   * Edges of one vertex.
   *
   * @param links in the order of the other end's key, then of the edge's id
   * @param more whether there are further ones behind the last
   */
  record Neighbours(List<Link> links, boolean more) {
    public Neighbours {
      links = List.copyOf(links);
    }
  }

  /**
   * An edge, seen from one of its ends.
   *
   * @param other key of the document at the other end, which may not exist
   * @param edge key of the edge, the same from both ends
   * @param version of the edge
   * @param timestamp milliseconds since the epoch
   * @param value its properties as stored; empty if they were not asked for; shared, do not modify
   */
  record Link(Key other, Key edge, Version version, long timestamp, byte[] value) {
    @Override
    public boolean equals(Object o) {
      return o instanceof Link link
          && other.equals(link.other)
          && edge.equals(link.edge)
          && version.equals(link.version)
          && timestamp == link.timestamp
          && Arrays.equals(value, link.value);
    }

    @Override
    public int hashCode() {
      return 31 * edge.hashCode() + version.hashCode();
    }
  }
}
