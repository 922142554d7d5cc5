package dev.weir.query.graph;

import dev.weir.graph.Direction;
import dev.weir.graph.traverse.Step;
import dev.weir.graph.traverse.Traversals;
import dev.weir.graph.traverse.VertexId;
import dev.weir.query.ReadOptions;
import dev.weir.query.testing.InMemoryDatabase;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Edge;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.EdgeKeys;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * A random graph in a database in memory, and the same in lists: persons who know each other, any
 * pair several times, and who like places. Some ends do not exist.
 */
final class SampleGraph {
  final InMemoryDatabase database;
  final CollectionDefinition person;
  final CollectionDefinition place;
  final CollectionDefinition knows;
  final CollectionDefinition likes;
  final Set<VertexId> existing = new TreeSet<>();
  final List<Line> lines = new ArrayList<>();

  /** An edge as the model has it. */
  record Line(int edges, VertexId from, VertexId to, long id, int weight) {}

  SampleGraph(int shards) {
    database = new InMemoryDatabase(shards);
    person = database.addCollection("person", KeyType.Scalar.LONG, "json", Writer.API, null);
    place = database.addCollection("place", KeyType.Scalar.STRING, "json", Writer.API, null);
    knows =
        database.add(
            CollectionDefinition.edges(
                "knows", new Edge("person", "person", KeyType.Scalar.LONG, null)));
    likes =
        database.add(CollectionDefinition.edges("likes", new Edge("person", "place", null, null)));
  }

  static SampleGraph random(int shards, int persons, int edges, Random random) {
    SampleGraph graph = new SampleGraph(shards);
    for (int n = 0; n < persons; n++) {
      if (n == 0 || n == 1 || random.nextInt(12) > 0) {
        graph.put(graph.person(n), "{\"age\":" + n % 50 + "}");
      }
      if (n % 5 == 0) {
        graph.put(graph.place(n), "{\"age\":" + n % 50 + "}");
      }
    }
    for (int i = 0; i < edges; i++) {
      VertexId from = graph.person(random.nextInt(persons));
      if (random.nextInt(4) == 0) {
        graph.like(from, graph.place(random.nextInt(persons) / 5 * 5), random.nextInt(10));
      } else {
        graph.know(from, graph.person(random.nextInt(persons)), i, random.nextInt(10));
      }
    }
    return graph;
  }

  void put(VertexId vertex, String json) {
    existing.add(vertex);
    submit(new Operation.Put(vertex.collection(), vertex.key(), bytes(json)));
  }

  void know(VertexId from, VertexId to, long id, int weight) {
    edge(knows, from, to, id, "{\"w\":" + weight + "}");
    lines.add(new Line(knows.id(), from, to, id, weight));
  }

  void like(VertexId from, VertexId to, int weight) {
    edge(likes, from, to, 0, "{\"w\":" + weight + "}");
    lines.removeIf(l -> l.edges == likes.id() && l.from.equals(from) && l.to.equals(to));
    lines.add(new Line(likes.id(), from, to, 0, weight));
  }

  void edge(CollectionDefinition edges, VertexId from, VertexId to, long id, String json) {
    try {
      Key key = EdgeKeys.of(edges).edge(from.key(), to.key(), id);
      submit(new Operation.Put(edges.id(), key, bytes(json)));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  private void submit(Operation operation) {
    database.submit(operation).join();
  }

  VertexId person(long n) {
    return new VertexId(person.id(), key(KeyType.Scalar.LONG, n));
  }

  VertexId place(int n) {
    return new VertexId(place.id(), key(KeyType.Scalar.STRING, "p" + n));
  }

  /** The age of a vertex, as its document has it; -1 = there is none. */
  int age(VertexId vertex) {
    if (!existing.contains(vertex)) {
      return -1;
    }
    Object key =
        KeyCodec.of(vertex.collection() == person.id() ? person.keyType() : place.keyType())
            .decode(vertex.key());
    return (int) (Long.parseLong(String.valueOf(key).replace("p", "")) % 50);
  }

  Traversals traversals() {
    return new Traversals(new DatabaseGraph(database, ReadOptions.DEFAULTS));
  }

  /** The edges of a vertex that a step may follow, with the vertices behind them. */
  List<Followed> follow(VertexId vertex, Step step, boolean light) {
    List<Followed> followed = new ArrayList<>();
    for (Line line : lines) {
      if (line.edges != step.edges() || (light && line.weight >= 5)) {
        continue;
      }
      if (line.from.equals(vertex) && step.direction() != Direction.IN) {
        followed.add(new Followed(line, line.to));
      }
      if (line.to.equals(vertex) && step.direction() != Direction.OUT) {
        followed.add(new Followed(line, line.from));
      }
    }
    return followed;
  }

  /** An edge and where it leads. */
  record Followed(Line line, VertexId other) {}

  private static Key key(KeyType type, Object value) {
    try {
      return KeyCodec.of(type).encode(value);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
