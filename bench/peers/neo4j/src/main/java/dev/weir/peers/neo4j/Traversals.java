package dev.weir.peers.neo4j;

import org.eclipse.collections.api.list.primitive.MutableLongList;
import org.eclipse.collections.impl.list.mutable.primitive.LongArrayList;
import org.eclipse.collections.impl.set.mutable.primitive.LongHashSet;
import org.neo4j.graphalgo.BasicEvaluationContext;
import org.neo4j.graphalgo.GraphAlgoFactory;
import org.neo4j.graphdb.Direction;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Label;
import org.neo4j.graphdb.Node;
import org.neo4j.graphdb.Path;
import org.neo4j.graphdb.PathExpanders;
import org.neo4j.graphdb.Relationship;
import org.neo4j.graphdb.RelationshipType;
import org.neo4j.graphdb.ResourceIterable;
import org.neo4j.graphdb.Transaction;

/** Questions along outgoing edges; each in a transaction of its own. Thread-safe. */
final class Traversals {
  static final Label LABEL = Label.label("Vertex");
  static final RelationshipType TYPE = RelationshipType.withName("EDGE");
  static final String KEY = "id";

  private final GraphDatabaseService database;

  Traversals(GraphDatabaseService database) {
    this.database = database;
  }

  /**
   * How many others are within some hops. By hand, level by level, on internal ids in a set of
   * plain longs.
   *
   * @param keys whether the key of each is read, as an answer with vertices in it needs
   */
  long within(long source, int hops, boolean keys) {
    try (Transaction transaction = database.beginTx()) {
      Node start = transaction.findNode(LABEL, KEY, source);
      LongHashSet seen = new LongHashSet();
      seen.add(id(start));
      MutableLongList frontier = LongArrayList.newListWith(id(start));
      MutableLongList found = new LongArrayList();
      for (int hop = 0; hop < hops && !frontier.isEmpty(); hop++) {
        MutableLongList next = new LongArrayList();
        for (int i = 0; i < frontier.size(); i++) {
          expand(transaction, frontier.get(i), seen, next, keys ? found : null);
        }
        frontier = next;
      }
      if (keys && found.size() != seen.size() - 1) {
        throw new IllegalStateException("not every key was read");
      }
      return seen.size() - 1L;
    }
  }

  private static void expand(
      Transaction transaction,
      long vertex,
      LongHashSet seen,
      MutableLongList next,
      MutableLongList keys) {
    try (ResourceIterable<Relationship> edges =
        node(transaction, vertex).getRelationships(Direction.OUTGOING, TYPE)) {
      for (Relationship edge : edges) {
        Node other = edge.getEndNode();
        if (seen.add(id(other))) {
          next.add(id(other));
          if (keys != null) {
            keys.add((Long) other.getProperty(KEY));
          }
        }
      }
    }
  }

  @SuppressWarnings("removal") // the quickest way that there is
  private static Node node(Transaction transaction, long id) {
    return transaction.getNodeById(id);
  }

  @SuppressWarnings("removal") // element ids are text
  private static long id(Node node) {
    return node.getId();
  }

  /** Hops of a shortest path by Neo4j's own search from both ends; -1 = there is none. */
  long path(long source, long target, int most) {
    try (Transaction transaction = database.beginTx()) {
      Path path =
          GraphAlgoFactory.shortestPath(
                  new BasicEvaluationContext(transaction, database),
                  PathExpanders.forTypeAndDirection(TYPE, Direction.OUTGOING),
                  most)
              .findSinglePath(
                  transaction.findNode(LABEL, KEY, source),
                  transaction.findNode(LABEL, KEY, target));
      return path == null ? -1 : path.length();
    }
  }
}
