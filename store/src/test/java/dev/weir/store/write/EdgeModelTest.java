package dev.weir.store.write;

import static dev.weir.store.write.EdgeWorld.bytes;
import static dev.weir.store.write.EdgeWorld.person;
import static dev.weir.store.write.EdgeWorld.place;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.Condition;
import dev.weir.store.GraphQuery;
import dev.weir.store.GraphQuery.Link;
import dev.weir.store.GraphQuery.Side;
import dev.weir.store.Key;
import dev.weir.store.Operation;
import dev.weir.store.Operation.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random vertices and edges, with supernodes, loops, parallel edges and edges of a field.
 *
 * <p>Step by step against a model; and with everything crossing everything (records sent twice,
 * folds restarted, deletes that meet new edges on their way) against what must hold in any order:
 * both sides are the same, all counts are right, and every log gives its state again.
 */
class EdgeModelTest {
  private static final String[] TYPES = {"likes", "calls", "friends"};
  private static final int PERSONS = 12;
  private static final int PLACES = 5;
  private static final int BURST = Continuations.STEP + 150;

  /** What must be there: edges by type and key. */
  private final Map<String, Map<Key, String>> model = new TreeMap<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void bothSidesAreAsTheModelSays(long seed) {
    Random random = new Random(seed);
    EdgeWorld world = new EdgeWorld(1 + random.nextInt(4));
    for (String type : TYPES) {
      model.put(type, new TreeMap<>());
    }
    begin(world, random).forEach(operation -> follow(world, operation));
    for (int i = 0; i < 1500; i++) {
      Operation operation = operation(world, random);
      world.decided(operation);
      follow(world, operation);
      world.settle();
      if (random.nextInt(100) == 0) {
        compare(world, "seed " + seed + ", operation " + i);
        ask(world, random);
      }
    }
    compare(world, "seed " + seed);
    world.expectReplayable();
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
  void bothSidesAgreeHoweverTheirNewsCross(long seed) {
    Random random = new Random(seed);
    EdgeWorld world = new EdgeWorld(2 + random.nextInt(3));
    begin(world, random);
    for (int round = 0; round < 6; round++) {
      for (int i = 0; i < 700; i++) {
        if (random.nextInt(4) == 0) {
          world.command(operation(world, random));
        } else {
          move(world, random);
        }
      }
      world.settle();
      world.audit().check("seed " + seed + ", round " + round, TYPES);
    }
    world.expectReplayable();
  }

  /** Defines everything; what was written before the edges of a field were defined. */
  static List<Operation> begin(EdgeWorld world, Random random) {
    world.define();
    world.settle();
    List<Operation> early = new ArrayList<>();
    if (random.nextBoolean()) {
      for (int i = 0; i < 300; i++) {
        Operation put =
            new Operation.Put(world.id("person"), person(random.nextInt(PERSONS)), friends(random));
        world.command(put);
        early.add(put);
      }
    }
    world.defineField();
    while (world.fold(0)) {
      // until it is defined; the backfill goes on beside what comes
    }
    return early;
  }

  static void move(EdgeWorld world, Random random) {
    int one = random.nextInt(world.count);
    int other = random.nextInt(world.count);
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> world.emit(one, other);
      case 3 -> world.emitAgain(one, other, random);
      case 4 -> world.trim(one, other);
      case 5 -> world.carryOn(one);
      case 6 -> world.restart(one);
      default -> world.fold(one);
    }
  }

  static Operation operation(EdgeWorld world, Random random) {
    if (random.nextInt(150) == 0) {
      return burst(world, random);
    }
    if (random.nextInt(10) > 0) {
      return change(world, random);
    }
    // Of one vertex and its edges, so that they are in one shard.
    int one = random.nextInt(PERSONS);
    List<When> changes = new ArrayList<>();
    if (random.nextBoolean()) {
      changes.add(new When(Condition.NONE, vertex(world, one, random)));
    }
    Map<Key, Operation.Change> edges = new TreeMap<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      Operation.Change call = call(world, one, random.nextInt(PERSONS), random);
      edges.put(call.key(), call);
    }
    edges.values().forEach(call -> changes.add(new When(Condition.NONE, call)));
    return new Operation.Batch(changes);
  }

  private static Operation.Change change(EdgeWorld world, Random random) {
    return switch (random.nextInt(10)) {
      case 0, 1 -> vertex(world, random.nextInt(PERSONS), random);
      case 2 -> {
        Key key = place(random.nextInt(PLACES));
        yield random.nextInt(4) == 0
            ? new Operation.Delete(world.id("place"), key)
            : new Operation.Put(world.id("place"), key, value(random));
      }
      case 3, 4, 5 -> {
        Key key =
            world.edge(
                "likes", person(random.nextInt(PERSONS)), place(random.nextInt(PLACES)), null);
        yield random.nextInt(4) == 0
            ? new Operation.Delete(world.id("likes"), key)
            : new Operation.Put(world.id("likes"), key, value(random));
      }
      default -> call(world, random.nextInt(PERSONS), random.nextInt(PERSONS), random);
    };
  }

  /** So many edges of one vertex that they cannot go with the record that deletes it. */
  private static Operation burst(EdgeWorld world, Random random) {
    Key one = person(random.nextInt(PERSONS));
    List<When> changes = new ArrayList<>();
    for (long id = 0; id < Operation.Batch.MOST_CHANGES; id++) {
      Key edge = world.edge("calls", one, person((int) (id % PERSONS)), 100 + id % BURST);
      changes.add(
          new When(Condition.NONE, new Operation.Put(world.id("calls"), edge, bytes("{\"b\":1}"))));
    }
    return new Operation.Batch(changes);
  }

  private static Operation.Change call(EdgeWorld world, int from, int to, Random random) {
    Key edge = world.edge("calls", person(from), person(to), (long) random.nextInt(4));
    return random.nextInt(4) == 0
        ? new Operation.Delete(world.id("calls"), edge)
        : new Operation.Put(world.id("calls"), edge, value(random));
  }

  private static Operation.Change vertex(EdgeWorld world, int number, Random random) {
    int id = world.id("person");
    return switch (random.nextInt(4)) {
      case 0 -> new Operation.Delete(id, person(number));
      case 1 -> new Operation.Patch(id, person(number), friends(random), null);
      default -> new Operation.Put(id, person(number), friends(random));
    };
  }

  private static byte[] friends(Random random) {
    StringBuilder json = new StringBuilder("{\"friends\":[");
    for (int i = random.nextInt(5); i > 0; i--) {
      int friend = random.nextInt(PERSONS + 2);
      json.append(
          switch (random.nextInt(8)) {
            case 0 -> "null";
            case 1 -> "{\"personId\":" + friend + "}";
            case 2 -> "{\"personId\":null,\"since\":1}";
            default -> "{\"personId\":\"p" + friend + "\",\"since\":" + random.nextInt(3) + "}";
          });
      json.append(i > 1 ? "," : "");
    }
    return bytes(json.append("]}").toString());
  }

  private static byte[] value(Random random) {
    return bytes("{\"v\":" + random.nextInt(100) + "}");
  }

  // The model.

  private final Map<Integer, Map<Key, String>> documents = new TreeMap<>();

  private void follow(EdgeWorld world, Operation operation) {
    if (operation instanceof Operation.Batch batch) {
      List<Operation.Change> changes = batch.changes().stream().map(When::change).toList();
      Map<Key, String> persons = documents.getOrDefault(world.id("person"), new TreeMap<>());
      if (changes.stream()
          .anyMatch(c -> c instanceof Operation.Patch && !persons.containsKey(c.key()))) {
        return; // nothing to patch: all of it is refused
      }
      changes.stream()
          .filter(c -> c instanceof Operation.Delete && c.collection() == world.id("person"))
          .forEach(c -> follow(world, c));
      changes.stream()
          .filter(c -> !(c instanceof Operation.Delete && c.collection() == world.id("person")))
          .forEach(c -> follow(world, c));
      return;
    }
    Operation.Change change = (Operation.Change) operation;
    for (String type : List.of("likes", "calls")) {
      if (change.collection() == world.id(type)) {
        if (change instanceof Operation.Put put) {
          model.get(type).put(put.key(), new String(put.value(), UTF_8));
        } else {
          model.get(type).remove(change.key());
        }
        return;
      }
    }
    vertexFollows(world, change);
  }

  private void vertexFollows(EdgeWorld world, Operation.Change change) {
    Map<Key, String> vertices =
        documents.computeIfAbsent(change.collection(), c -> new TreeMap<>());
    Key key = change.key();
    String before = vertices.get(key);
    if (change instanceof Operation.Put put) {
      vertices.put(key, new String(put.value(), UTF_8));
    } else if (change instanceof Operation.Patch patch && before != null) {
      vertices.put(key, new String(patch.patch(), UTF_8));
    } else if (change instanceof Operation.Delete && vertices.remove(key) != null) {
      boolean person = change.collection() == world.id("person");
      model.get("calls").keySet().removeIf(e -> person && touches(world, "calls", e, key));
      model.get("likes").keySet().removeIf(e -> touches(world, "likes", e, key));
    }
    if (change.collection() == world.id("person")) {
      model.get("friends").keySet().removeIf(e -> world.keys("friends").from(e).equals(key));
      friendsOf(vertices.get(key))
          .forEach(
              (to, since) ->
                  model
                      .get("friends")
                      .put(world.edge("friends", key, to, null), "{\"since\":" + since + "}"));
    }
  }

  private static boolean touches(EdgeWorld world, String type, Key edge, Key vertex) {
    return world.keys(type).from(edge).equals(vertex) || world.keys(type).to(edge).equals(vertex);
  }

  /** Reads what {@link #friends} writes. */
  private static Map<Key, String> friendsOf(String json) {
    Map<Key, String> found = new TreeMap<>();
    if (json != null) {
      var matcher =
          java.util.regex.Pattern.compile("\"personId\":\"(p\\d+)\",\"since\":(\\d)").matcher(json);
      while (matcher.find()) {
        found.putIfAbsent(Key.ofEncoded(bytes(matcher.group(1))), matcher.group(2));
      }
    }
    return found;
  }

  private void compare(EdgeWorld world, String context) {
    world.audit().check(context, TYPES);
    for (String type : TYPES) {
      Map<Key, String> found = new TreeMap<>();
      world
          .audit()
          .documents(type)
          .forEach((key, edge) -> found.put(key, new String(edge.value(), UTF_8)));
      assertThat(found).as("%s: %s", context, type).isEqualTo(model.get(type));
    }
  }

  private void ask(EdgeWorld world, Random random) {
    Key vertex = person(random.nextInt(PERSONS));
    for (Side side : Side.values()) {
      GraphQuery.Expand expand =
          new GraphQuery.Expand(
              world.id("calls"), side, List.of(vertex), 1 << 20, null, null, false);
      List<Key> found =
          world.ask(world.shardOf(vertex), expand).get(0).links().stream()
              .map(Link::edge)
              .sorted()
              .toList();
      assertThat(found)
          .isEqualTo(
              model.get("calls").keySet().stream()
                  .filter(
                      e ->
                          (side == Side.OUT
                                  ? world.keys("calls").from(e)
                                  : world.keys("calls").to(e))
                              .equals(vertex))
                  .sorted()
                  .toList());
      assertThat(
              world.ask(
                  world.shardOf(vertex),
                  new GraphQuery.Degrees(world.id("calls"), side, List.of(vertex))))
          .containsExactly((long) found.size());
    }
  }
}
