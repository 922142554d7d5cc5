package dev.weir.store.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Condition;
import dev.weir.store.DefinitionChange;
import dev.weir.store.DefinitionChange.Mode;
import dev.weir.store.Filter;
import dev.weir.store.IndexDefinition;
import dev.weir.store.Key;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.filter.FilterSamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random documents while indexes come and go, with backfills that are carried on between writes and
 * folds that are restarted from their states: at the end, indexes have what a rebuild would give,
 * and every log gives its state again.
 */
class IndexModelTest {
  private static final int KEYS = 1300;

  private final FoldedShard shard = new FoldedShard();
  private int made;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void indexesAreAsTheirDocuments(long seed) {
    Random random = new Random(seed);
    FilterSamples samples = new FilterSamples(random);
    define(
        new DefinitionChange.PutCollection(
            new CollectionDefinition(
                0, "things", KeyType.Scalar.STRING, "json", Writer.API, null, 1),
            Mode.APPLY));
    fill(samples);
    for (int i = 0; i < 1500; i++) {
      switch (random.nextInt(60)) {
        case 0 -> put(random, samples);
        case 1 -> drop(random);
        case 2 -> shard.restart();
        case 3, 4, 5, 6, 7, 8 -> shard.carryOn();
        default -> change(random, samples);
      }
      if (random.nextInt(400) == 0) {
        shard.settle();
        IndexAudit.check(shard.state(), shard.catalogue(), "seed " + seed + ", step " + i);
      }
    }
    shard.settle();
    IndexAudit.check(shard.state(), shard.catalogue(), "seed " + seed);
    assertThat(EdgeAudit.dump(shard.replayed())).isEqualTo(EdgeAudit.dump(shard.state()));
    define(new DefinitionChange.DropCollection("things"));
    shard.settle();
    IndexAudit.check(shard.state(), shard.catalogue(), "seed " + seed + ", dropped");
    assertThat(shard.catalogue().indexes()).isEmpty();
    assertThat(made).isGreaterThan(5);
  }

  /** So many documents that a backfill takes several steps. */
  private void fill(FilterSamples samples) {
    List<Operation.When> changes = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      changes.add(new Operation.When(Condition.NONE, document(i, samples)));
      if (changes.size() == Operation.Batch.MOST_CHANGES || i == KEYS - 1) {
        assertThat(shard.command(new Operation.Batch(changes))).isInstanceOf(Outcome.Batched.class);
        changes.clear();
      }
    }
  }

  private void put(Random random, FilterSamples samples) {
    List<Filter.Field> fields = new ArrayList<>();
    for (int n = random.nextInt(3); n >= 0; n--) {
      Filter.Field field = samples.field();
      if (!fields.contains(field)) {
        fields.add(field);
      }
    }
    Filter where = random.nextInt(3) == 0 ? samples.filter(2) : null;
    String name = "i" + random.nextInt(4);
    IndexDefinition index = new IndexDefinition(0, name, 0, fields, where, false);
    Operation define =
        new Operation.Define(List.of(new DefinitionChange.PutIndex("things", index, Mode.APPLY)));
    made += shard.command(define) instanceof Outcome.Defined ? 1 : 0;
  }

  private void drop(Random random) {
    List<IndexDefinition> all = shard.catalogue().indexes();
    if (!all.isEmpty()) {
      IndexDefinition index = all.get(random.nextInt(all.size()));
      List<DefinitionChange> changes = new ArrayList<>();
      changes.add(new DefinitionChange.DropIndex("things", index.name()));
      if (random.nextBoolean()) { // and made again at once, under another id
        changes.add(new DefinitionChange.PutIndex("things", index, Mode.APPLY));
      }
      assertThat(shard.command(new Operation.Define(changes))).isInstanceOf(Outcome.Defined.class);
    }
  }

  private void change(Random random, FilterSamples samples) {
    int number = random.nextInt(KEYS);
    shard.command(
        switch (random.nextInt(5)) {
          case 0 -> new Operation.Delete(1, key(number));
          case 1 ->
              new Operation.Patch(
                  1, key(number), samples.document().toString().getBytes(UTF_8), null);
          default -> document(number, samples);
        });
  }

  private void define(DefinitionChange change) {
    assertThat(shard.command(new Operation.Define(List.of(change))))
        .isInstanceOf(Outcome.Defined.class);
  }

  private static Operation.Put document(int number, FilterSamples samples) {
    return new Operation.Put(1, key(number), samples.document().toString().getBytes(UTF_8));
  }

  private static Key key(int number) {
    return Key.ofEncoded(("k" + number).getBytes(UTF_8));
  }
}
