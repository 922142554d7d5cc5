package dev.weir.store.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.DefinitionChange;
import dev.weir.store.testing.MapState;
import dev.weir.store.write.TornWorld.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Shards copied at different times become one application again. */
class RebaseTest {
  private static final int RUNS = 400;
  private static final int STEPS = 600;
  private static final int ROWS = 12;

  @Test
  void whateverWasOnItsWayIsMended() {
    int torn = 0;
    for (int seed = 0; seed < RUNS; seed++) {
      Random random = new Random(seed);
      TornWorld world = new TornWorld();
      begin(world);
      MapState[] copies = new MapState[TornWorld.SHARDS];
      for (int step = 0; step < STEPS; step++) {
        move(world, random);
        // In the last third, each at a time of its own.
        int shard = random.nextInt(TornWorld.SHARDS);
        if (copies[shard] == null && step > STEPS / 2 && random.nextInt(60) == 0) {
          copies[shard] = copy(world.states.get(shard));
        }
      }
      for (int shard = 0; shard < TornWorld.SHARDS; shard++) {
        copies[shard] = copies[shard] == null ? copy(world.states.get(shard)) : copies[shard];
      }
      torn += check(seed, world, copies, random) ? 1 : 0;
    }
    // Or this would test nothing.
    assertThat(torn).isGreaterThan(RUNS / 4);
  }

  @Test
  void theSameStateGivesTheSame() {
    TornWorld world = new TornWorld();
    begin(world);
    Random random = new Random(1);
    for (int step = 0; step < STEPS; step++) {
      move(world, random);
    }
    for (int shard = 0; shard < TornWorld.SHARDS; shard++) {
      MapState one = copy(world.states.get(shard));
      MapState other = copy(world.states.get(shard));
      rebase(one, shard, world.catalogue(0));
      rebase(other, shard, world.catalogue(0));
      assertThat(dump(one)).isEqualTo(dump(other));
    }
  }

  @Test
  void moreRowsThanAStepTakes() {
    TornWorld world = new TornWorld();
    begin(world);
    int rows = 3 * TornWorld.SHARDS * Rebase.STEP;
    for (int i = 0; i < rows; i++) {
      world.produce("row" + i, "d" + i, "1");
    }
    world.settle();
    List<MapState> seeds = new ArrayList<>();
    for (int shard = 0; shard < TornWorld.SHARDS; shard++) {
      seeds.add(rebase(copy(world.states.get(shard)), shard, world.catalogue(0)));
    }
    TornWorld clone = TornWorld.of(seeds, world.topic());
    assertThat(clone.documents("person")).isEmpty();
    clone.settle();
    assertThat(clone.documents("person")).hasSize(rows);
    assertThat(clone.count("person")).isEqualTo(rows);
  }

  private static void begin(TornWorld world) {
    world.define(TornWorld.collection("note", Writer.API));
    world.define(TornWorld.collection("person", Writer.SOURCE));
    world.define(TornWorld.trackedSource());
    world.settle();
  }

  private static void move(TornWorld world, Random random) {
    int one = random.nextInt(TornWorld.SHARDS);
    int other = random.nextInt(TornWorld.SHARDS);
    switch (random.nextInt(20)) {
      case 0, 1, 2, 3 -> {
        int row = random.nextInt(ROWS);
        String derived = random.nextInt(6) == 0 ? null : "of" + row + "-" + random.nextInt(4);
        world.produce("row" + row, derived, "\"" + random.nextInt(1000) + "\"");
      }
      case 4, 5, 6, 7 -> world.ingest(random.nextInt(TornWorld.PARTITIONS));
      case 8 -> world.put("note", "n" + random.nextInt(20), "\"" + random.nextInt(1000) + "\"");
      case 9, 10, 11 -> world.emit(one, other);
      case 12 -> world.trim(one, other);
      case 13 -> {
        if (random.nextInt(30) == 0) {
          world.define(TornWorld.collection("extra" + random.nextInt(3), Writer.API));
        } else if (random.nextInt(30) == 0) {
          world.define(new DefinitionChange.DropCollection("extra" + random.nextInt(3)));
        }
      }
      default -> world.fold(one);
    }
  }

  /** Whether something was torn. */
  private static boolean check(int seed, TornWorld world, MapState[] copies, Random random) {
    Catalogue newest = Catalogue.empty();
    List<Catalogue> catalogues = new ArrayList<>();
    for (int shard = 0; shard < TornWorld.SHARDS; shard++) {
      catalogues.add(
          new Fold(
                  shard,
                  TornWorld.SHARDS,
                  copies[shard],
                  dev.weir.store.Position.start(new org.apache.kafka.common.Uuid(0, 1), 0))
              .catalogue());
    }
    for (Catalogue each : catalogues) {
      newest = each.revision() > newest.revision() ? each : newest;
    }
    Map<String, String> notes = TornWorld.of(List.of(copies), List.of()).documents("note");
    boolean torn = isTorn(copies);
    List<MapState> seeds = new ArrayList<>();
    for (int shard = 0; shard < TornWorld.SHARDS; shard++) {
      seeds.add(rebase(copies[shard], shard, newest));
    }
    TornWorld clone =
        TornWorld.of(seeds, random.nextBoolean() ? world.topic() : compacted(world.topic()));
    clone.settle();

    assertThat(clone.documents("person")).as("seed %d", seed).isEqualTo(model(world.topic()));
    assertThat(clone.count("person")).isEqualTo(clone.documents("person").size());
    assertThat(clone.documents("note")).as("seed %d", seed).isEqualTo(notes);
    for (int shard = 0; shard < TornWorld.SHARDS; shard++) {
      assertThat(clone.catalogue(shard)).isEqualTo(newest);
    }
    return torn;
  }

  /** Whether a shard has more, or less, of another one's than that one has to send. */
  private static boolean isTorn(MapState[] copies) {
    for (int from = 0; from < copies.length; from++) {
      for (int to = 0; to < copies.length; to++) {
        byte[] stored = copies[from].get(StateKeys.outboxSpan(to));
        OutboxSpan span = stored == null ? OutboxSpan.EMPTY : OutboxSpan.decode(stored);
        long received = StateValues.number(copies[to].get(StateKeys.received(from)), 0);
        if (received > span.last() || received < span.first() - 1) {
          return true;
        }
      }
    }
    return false;
  }

  private static MapState rebase(MapState state, int shard, Catalogue newest) {
    Rebase rebase = new Rebase(shard, TornWorld.SHARDS, state, newest);
    while (rebase.step()) {
      assertThat(rebase.dropped()).isNotNegative();
    }
    return state;
  }

  private static Map<String, String> model(List<List<Row>> topic) {
    Map<String, Row> newest = new HashMap<>();
    topic.forEach(partition -> partition.forEach(row -> newest.put(row.row(), row)));
    Map<String, String> documents = new TreeMap<>();
    newest.values().stream()
        .filter(row -> row.derived() != null)
        .forEach(row -> documents.put(row.derived(), row.value()));
    return documents;
  }

  /** Only the newest record of every row, as Kafka may keep it. */
  private static List<List<Row>> compacted(List<List<Row>> topic) {
    List<List<Row>> result = new ArrayList<>();
    for (List<Row> partition : topic) {
      Set<String> seen = new HashSet<>();
      List<Row> kept = new ArrayList<>();
      for (int i = partition.size() - 1; i >= 0; i--) {
        if (seen.add(partition.get(i).row())) {
          kept.add(0, partition.get(i));
        }
      }
      result.add(kept);
    }
    return result;
  }

  private static MapState copy(MapState state) {
    MapState copy = new MapState();
    state.entries().forEach((key, value) -> copy.put(key.clone(), value.clone()));
    return copy;
  }

  private static List<String> dump(MapState state) {
    return state.entries().entrySet().stream()
        .map(e -> Arrays.toString(e.getKey()) + Arrays.toString(e.getValue()))
        .toList();
  }
}
