package dev.weir.query.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.Result;
import dev.weir.query.testing.InMemoryDatabase;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Edge;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Document;
import dev.weir.store.EdgeKeys;
import dev.weir.store.Filter;
import dev.weir.store.GraphQuery;
import dev.weir.store.GraphQuery.Along;
import dev.weir.store.GraphQuery.Link;
import dev.weir.store.GraphQuery.Neighbours;
import dev.weir.store.GraphQuery.Side;
import dev.weir.store.GraphQuery.Visited;
import dev.weir.store.GraphQuery.Wanted;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import dev.weir.store.Query;
import dev.weir.store.Version;
import dev.weir.store.filter.FilterReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions about edges, cut by shard and put together again. */
final class GraphPlanTest {
  private static final int PERSONS = 40;
  private static final Filter LIGHT = filter("{\"w\":{\"lt\":5}}");
  private static final Filter YOUNG = filter("{\"age\":{\"lt\":20}}");

  private final Set<Integer> persons = new TreeSet<>();
  private final TreeMap<Integer, TreeMap<Integer, Integer>> weights = new TreeMap<>();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 8})
  void answersOfManyShardsAreThoseOfTheModel(int shards) {
    InMemoryDatabase database = new InMemoryDatabase(shards);
    CollectionDefinition person =
        database.addCollection("person", KeyType.Scalar.LONG, "json", Writer.API, null);
    CollectionDefinition knows =
        database.add(CollectionDefinition.edges("knows", new Edge("person", "person", null, null)));
    fill(database, person, knows, new Random(shards));
    Random random = new Random(77);
    for (int i = 0; i < 60; i++) {
      List<Integer> asked = random.ints(1 + i % 9, 0, PERSONS + 5).boxed().toList();
      List<Key> keys = asked.stream().map(GraphPlanTest::key).toList();
      Side side = i % 2 == 0 ? Side.OUT : Side.IN;
      int limit = 1 + random.nextInt(6);
      Filter filter = i % 3 == 0 ? LIGHT : null;

      List<Neighbours> expanded =
          ask(database, new GraphQuery.Expand(knows.id(), side, keys, limit, null, filter, true));
      List<Long> degrees = ask(database, new GraphQuery.Degrees(knows.id(), side, keys));
      List<Optional<Document>> young =
          ask(database, new Query.Select(person.id(), keys, YOUNG, List.of("name")));
      GraphQuery.Visit visit =
          new GraphQuery.Visit(
              person.id(),
              keys,
              Wanted.FIELDS,
              YOUNG,
              List.of("name"),
              List.of(new Along(knows.id(), side, filter, limit, true)),
              1_000);
      List<Visited> visited = ask(database, visit);
      List<Object> several =
          ask(
              database,
              new Query.Several(
                  List.of(visit, new GraphQuery.Degrees(knows.id(), side, keys), visit)));

      assertThat(several).containsExactly(visited, degrees, visited);
      for (int v = 0; v < keys.size(); v++) {
        int vertex = asked.get(v);
        Neighbours expected = neighbours(EdgeKeys.of(knows), vertex, side, limit, filter);
        assertThat(shape(expanded.get(v))).as("edges of %d", vertex).isEqualTo(shape(expected));
        assertThat(degrees.get(v)).isEqualTo(all(vertex, side).size());
        boolean matches = persons.contains(vertex) && vertex < 20;
        assertThat(young.get(v).map(GraphPlanTest::text))
            .isEqualTo(matches ? Optional.of("{\"name\":\"n" + vertex + "\"}") : Optional.empty());
        assertThat(visited.get(v).matches()).isEqualTo(matches);
        assertThat(visited.get(v).document()).isEqualTo(young.get(v));
        assertThat(visited.get(v).along())
            .isEqualTo(matches ? List.of(expanded.get(v)) : List.of());
      }
    }
  }

  private void fill(
      InMemoryDatabase database,
      CollectionDefinition person,
      CollectionDefinition knows,
      Random random) {
    EdgeKeys keys = EdgeKeys.of(knows);
    for (int n = 0; n < PERSONS; n++) {
      if (n % 7 != 0) { // some ends do not exist
        persons.add(n);
        String json = "{\"age\":" + n + ",\"name\":\"n" + n + "\",\"x\":[1]}";
        database.submit(new Operation.Put(person.id(), key(n), bytes(json))).join();
      }
    }
    for (int i = 0; i < 300; i++) {
      int from = random.nextInt(PERSONS);
      int to = random.nextInt(PERSONS);
      int weight = random.nextInt(10);
      Key edge = edge(keys, from, to);
      if (random.nextInt(5) == 0) {
        weights.getOrDefault(from, new TreeMap<>()).remove(to);
        database.submit(new Operation.Delete(knows.id(), edge)).join();
      } else {
        weights.computeIfAbsent(from, f -> new TreeMap<>()).put(to, weight);
        database
            .submit(new Operation.Put(knows.id(), edge, bytes("{\"w\":" + weight + "}")))
            .join();
      }
    }
  }

  private SortedMap<Integer, Integer> all(int vertex, Side side) {
    if (side == Side.OUT) {
      return weights.getOrDefault(vertex, new TreeMap<>());
    }
    TreeMap<Integer, Integer> in = new TreeMap<>();
    weights.forEach(
        (from, targets) -> {
          if (targets.containsKey(vertex)) {
            in.put(from, targets.get(vertex));
          }
        });
    return in;
  }

  private Neighbours neighbours(EdgeKeys keys, int vertex, Side side, int limit, Filter filter) {
    List<Link> links = new ArrayList<>();
    all(vertex, side)
        .forEach(
            (other, weight) -> {
              if (filter == null || weight < 5) {
                Key edge = side == Side.OUT ? edge(keys, vertex, other) : edge(keys, other, vertex);
                byte[] value = bytes("{\"w\":" + weight + "}");
                links.add(new Link(key(other), edge, new Version(0, 0), 0, value));
              }
            });
    return links.size() > limit
        ? new Neighbours(links.subList(0, limit), true)
        : new Neighbours(links, false);
  }

  /** What is the same whichever way the edges came. */
  private static List<Object> shape(Neighbours neighbours) {
    List<Object> shape = new ArrayList<>();
    for (Link link : neighbours.links()) {
      shape.add(link.other());
      shape.add(link.edge());
      shape.add(new String(link.value(), StandardCharsets.UTF_8));
    }
    shape.add(neighbours.more());
    return shape;
  }

  private static <R> R ask(InMemoryDatabase database, Query<R> query) {
    return ((Result.Success<R>) database.ask(query).join()).value();
  }

  private static Key edge(EdgeKeys keys, int from, int to) {
    try {
      return keys.edge(key(from), key(to), null);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Key key(int n) {
    try {
      return KeyCodec.of(KeyType.Scalar.LONG).encode((long) n);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Filter filter(String json) {
    return FilterReader.read(json).value().orElseThrow();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(Document document) {
    return new String(document.value(), StandardCharsets.UTF_8);
  }
}
