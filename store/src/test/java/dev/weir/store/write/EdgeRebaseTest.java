package dev.weir.store.write;

import static dev.weir.store.write.EdgeWorld.bytes;
import static dev.weir.store.write.EdgeWorld.person;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.Catalogue;
import dev.weir.store.Document;
import dev.weir.store.Key;
import dev.weir.store.Operation;
import dev.weir.store.testing.MapState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clones of shards that were copied at different times: the sides of their edges agree again. */
class EdgeRebaseTest {
  private static final String[] TYPES = {"likes", "calls", "friends"};

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whateverWasTornIsMended(long seed) {
    Random random = new Random(seed);
    EdgeWorld world = new EdgeWorld(3);
    EdgeModelTest.begin(world, random);
    MapState[] copies = new MapState[3];
    List<Integer> order = new ArrayList<>(List.of(0, 1, 2));
    java.util.Collections.shuffle(order, random);
    for (int shard : order) {
      for (int i = 0; i < 400; i++) {
        if (random.nextInt(3) == 0) {
          world.command(EdgeModelTest.operation(world, random));
        } else {
          EdgeModelTest.move(world, random);
        }
      }
      copies[shard] = copy(world.states.get(shard));
    }
    Catalogue newest = world.catalogue();
    List<MapState> seeds = new ArrayList<>();
    for (int shard = 0; shard < 3; shard++) {
      MapState again = copy(copies[shard]);
      seeds.add(rebase(copies[shard], shard, 3, newest));
      rebase(again, shard, 3, newest);
      assertThat(EdgeAudit.dump(again)).isEqualTo(EdgeAudit.dump(copies[shard]));
    }
    EdgeWorld clone = new EdgeWorld(seeds, 1, 1);
    clone.settle();
    clone.audit().check("seed " + seed, TYPES);
    assertThat(friends(clone.audit())).as("seed %d", seed).isEqualTo(friendsOfDocuments(clone));

    // And it lives on.
    for (int i = 0; i < 300; i++) {
      clone.command(EdgeModelTest.operation(clone, random));
      EdgeModelTest.move(clone, random);
    }
    clone.settle();
    clone.audit().check("seed " + seed + ", later", TYPES);
  }

  @Test
  void aSupernodeThatWasBeingRemovedIsRemoved() {
    EdgeWorld world = new EdgeWorld(2);
    world.define();
    world.settle();
    world.decided(new Operation.Put(world.id("person"), person(1), bytes("{}")));
    for (long i = 0; i < 2500; i++) {
      Key in = world.edge("calls", person((int) (2 + i % 7)), person(1), i);
      world.command(new Operation.Put(world.id("calls"), in, bytes("{}")));
    }
    world.settle();
    world.decided(new Operation.Delete(world.id("person"), person(1)));

    List<MapState> seeds = new ArrayList<>();
    for (int shard = 0; shard < 2; shard++) {
      seeds.add(rebase(copy(world.states.get(shard)), shard, 2, world.catalogue()));
    }
    EdgeWorld clone = new EdgeWorld(seeds, 1, 1);
    clone.settle();
    clone.audit().check("clone", "calls");
    assertThat(clone.audit().documents("calls")).isEmpty();
  }

  private static Map<Key, String> friends(EdgeAudit audit) {
    Map<Key, String> friends = new TreeMap<>();
    audit
        .documents("friends")
        .forEach(
            (key, edge) ->
                friends.put(
                    key, new String(edge.value(), java.nio.charset.StandardCharsets.UTF_8)));
    return friends;
  }

  /** What the documents themselves say. */
  private static Map<Key, String> friendsOfDocuments(EdgeWorld world) {
    Map<Key, String> friends = new TreeMap<>();
    EdgeTypes.EdgeType type = EdgeTypes.of(world.catalogue()).of(world.id("friends"));
    for (MapState state : world.states) {
      for (byte[] stateKey : state.keys(StateKeys.documents(world.id("person")), 1 << 30)) {
        Document document = StateValues.document(EdgeAudit.key(stateKey), state.get(stateKey));
        References.of(type, document.value())
            .forEach(
                (to, properties) ->
                    friends.put(
                        world.edge("friends", document.key(), to, null),
                        new String(properties, java.nio.charset.StandardCharsets.UTF_8)));
      }
    }
    return friends;
  }

  private static MapState rebase(MapState state, int shard, int shards, Catalogue newest) {
    Rebase rebase = new Rebase(shard, shards, state, newest);
    while (rebase.step()) {
      assertThat(rebase.sent()).isNotNegative();
    }
    return state;
  }

  private static MapState copy(MapState state) {
    MapState copy = new MapState();
    state.entries().forEach((key, value) -> copy.put(key.clone(), value.clone()));
    return copy;
  }
}
