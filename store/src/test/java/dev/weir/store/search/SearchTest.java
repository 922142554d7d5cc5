package dev.weir.store.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.store.Filter;
import dev.weir.store.Filter.Field;
import dev.weir.store.Filter.Relation;
import dev.weir.store.FilterWriter;
import dev.weir.store.IndexDefinition;
import dev.weir.store.Key;
import dev.weir.store.KeyRange;
import dev.weir.store.Query.Order;
import dev.weir.store.ReadResult;
import dev.weir.store.Refusal;
import dev.weir.store.SearchQuery.Access;
import dev.weir.store.SearchQuery.Aggregate;
import dev.weir.store.SearchQuery.Aggregated;
import dev.weir.store.SearchQuery.Find;
import dev.weir.store.SearchQuery.Found;
import dev.weir.store.SearchQuery.Group;
import dev.weir.store.SearchQuery.Hit;
import dev.weir.store.SearchQuery.Kind;
import dev.weir.store.SearchQuery.Measure;
import dev.weir.store.SearchQuery.Measured;
import dev.weir.store.SearchQuery.Sort;
import dev.weir.store.filter.FilterSamples;
import dev.weir.store.write.FoldedShard;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random documents, indexes, filters, orders, limits and places to go on from, against the naive
 * reading: through indexes and without, the answers are the same.
 */
final class SearchTest {
  private static final int PLENTY = 1_000_000;

  private final SearchWorld plain = new SearchWorld();
  private SearchWorld indexed = new SearchWorld();
  private final List<IndexDefinition> indexes = new ArrayList<>();
  private final Set<Access> accesses = EnumSet.noneOf(Access.class);
  private int ordered;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void indexesChangeNoAnswer(long seed) {
    compare(seed, 500);
    assertThat(accesses).contains(Access.INDEX_LOOKUP, Access.INDEX_RANGE, Access.SCAN);
    assertThat(ordered).isGreaterThan(50);
  }

  @Test
  void neitherDoesTheDisk(@TempDir Path directory) {
    try (FoldedShard shard = new FoldedShard(directory.resolve("shard"))) {
      indexed = new SearchWorld(shard);
      compare(21, 200);
    }
  }

  private void compare(long seed, int tries) {
    Random random = new Random(seed);
    FilterSamples samples = new FilterSamples(random);
    fill(random, samples);
    for (int i = 0; i < tries; i++) {
      Filter filter = filter(random, samples);
      List<Sort> order = order(random, samples);
      KeyRange range = range(random);
      String context =
          "seed " + seed + ", try " + i + ": " + FilterWriter.json(filter) + " by " + order;
      List<Key> expected = NaiveSearch.find(plain.documents, range, filter, order);
      int limit = 1 + random.nextInt(12);
      List<Hit> without = pages(plain, range, filter, order, limit, PLENTY, context);
      List<Hit> with = pages(indexed, range, filter, order, limit, PLENTY, context);
      assertThat(keys(without)).as(context).isEqualTo(expected);
      assertThat(keys(with)).as(context).isEqualTo(expected);
      assertThat(places(with)).as(context).isEqualTo(places(without));
      List<Hit> slowly = pages(indexed, range, filter, order, limit, 150, context);
      if (slowly != null) {
        assertThat(keys(slowly)).as(context).isEqualTo(expected);
      }
      aggregate(random, samples, range, filter, expected, context);
    }
  }

  private void fill(Random random, FilterSamples samples) {
    for (int i = 0; i < 5; i++) {
      List<Field> fields = new ArrayList<>();
      for (int n = random.nextInt(3); n >= 0; n--) {
        Field field = samples.field();
        if (!fields.contains(field)) {
          fields.add(field);
        }
      }
      Filter where = random.nextInt(4) == 0 ? samples.filter(3) : null;
      indexes.add(new IndexDefinition(0, "i" + i, 0, fields, where, false));
    }
    indexes.subList(0, 3).forEach(indexed::index);
    for (int i = 0; i < 120; i++) {
      String key = "k" + (char) ('a' + random.nextInt(26)) + random.nextInt(100);
      var document = samples.document();
      plain.put(key, document);
      indexed.put(key, document);
    }
    // The last ones are made of what is there already.
    indexes.subList(3, 5).forEach(indexed::index);
  }

  private Filter filter(Random random, FilterSamples samples) {
    List<Filter> parts = new ArrayList<>();
    IndexDefinition index = indexes.get(random.nextInt(indexes.size()));
    if (index.where() != null) {
      parts.add(index.where());
    }
    for (Field field : index.fields()) {
      if (random.nextInt(4) == 0) {
        break;
      }
      JsonNode value =
          NaiveSearch.at(
              field,
              new ArrayList<>(plain.documents.values())
                  .get(random.nextInt(plain.documents.size())));
      if (value.isArray() && !value.isEmpty()) {
        parts.add(new Filter.Contains(field, NaiveSearch.value(value.get(0))));
      } else {
        parts.add(test(random, field, NaiveSearch.value(value)));
      }
    }
    if (random.nextInt(3) == 0) {
      parts.add(samples.filter(2));
    }
    return parts.size() == 1 ? parts.get(0) : new Filter.And(parts);
  }

  private static Filter test(Random random, Field field, Filter.Value value) {
    if (random.nextInt(4) == 0) {
      return new Filter.In(
          field, List.of(value, new Filter.Value.Text("a"), new Filter.Value.Null()));
    }
    if (!value.ordered() || random.nextBoolean()) {
      return new Filter.Compare(field, Relation.EQ, value);
    }
    if (value instanceof Filter.Value.Text text && random.nextInt(3) == 0) {
      return random.nextBoolean()
          ? new Filter.Contains(field, value)
          : new Filter.Prefix(field, text.text());
    }
    return new Filter.Compare(field, List.of(Relation.values()).get(2 + random.nextInt(4)), value);
  }

  private List<Sort> order(Random random, FilterSamples samples) {
    List<Sort> order = new ArrayList<>();
    if (random.nextBoolean()) {
      Order one = random.nextBoolean() ? Order.ASC : Order.DESC;
      List<Field> fields = indexes.get(random.nextInt(indexes.size())).fields();
      for (Field field : fields.subList(random.nextInt(fields.size()), fields.size())) {
        order.add(new Sort(field, random.nextInt(8) == 0 ? Order.ASC : one));
      }
    }
    if (random.nextInt(5) == 0) {
      order.add(new Sort(samples.field(), random.nextBoolean() ? Order.ASC : Order.DESC));
    }
    return order;
  }

  private static KeyRange range(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> new KeyRange(utf8("kf"), true, utf8("kr"), false);
      case 1 -> KeyRange.prefix(utf8("ka"));
      default -> KeyRange.all();
    };
  }

  private @Nullable List<Hit> pages(
      SearchWorld world,
      KeyRange range,
      Filter filter,
      List<Sort> order,
      int limit,
      int most,
      String context) {
    List<Hit> hits = new ArrayList<>();
    byte[] after = null;
    for (int page = 0; page < 10_000; page++) {
      ReadResult<Found> result =
          world.ask(
              new Find(
                  world.collection, range, filter, order, limit, after, List.of(), most, true));
      if (result instanceof ReadResult.Refused<Found> refused) {
        assertThat(refused.refusal()).isInstanceOf(Refusal.UnboundedSort.class);
        assertThat(most).as(context).isLessThan(PLENTY);
        return null;
      }
      Found found = ((ReadResult.Answer<Found>) result).value();
      assertThat(found.hits().size()).isLessThanOrEqualTo(limit);
      hits.addAll(found.hits());
      accesses.add(found.plan().access());
      ordered += found.plan().sorted() && found.plan().index() != null && !order.isEmpty() ? 1 : 0;
      if (found.next() == null) {
        return hits;
      }
      // Either behind the last hit, as somebody who takes hits of several shards would go on.
      boolean full = found.hits().size() == limit;
      after = full ? hits.get(hits.size() - 1).place() : found.next();
    }
    throw new AssertionError("no end: " + context);
  }

  private void aggregate(
      Random random,
      FilterSamples samples,
      KeyRange range,
      Filter filter,
      List<Key> expected,
      String context) {
    IndexDefinition index = indexes.get(random.nextInt(indexes.size()));
    Field group =
        random.nextInt(3) == 0
            ? null
            : random.nextBoolean() ? index.fields().get(0) : samples.field();
    Field field = random.nextBoolean() ? index.fields().get(0) : samples.field();
    List<Measure> measures =
        List.of(
            new Measure(Kind.COUNT, null),
            new Measure(Kind.COUNT, field),
            new Measure(Kind.SUM, field),
            new Measure(Kind.MIN, field),
            new Measure(Kind.MAX, field));
    Map<byte[], List<Measured>> all = new TreeMap<>(Arrays::compareUnsigned);
    Map<byte[], List<Measured>> parts = new TreeMap<>(Arrays::compareUnsigned);
    add(plain, range, filter, group, measures, PLENTY, all);
    add(indexed, range, filter, group, measures, 1 + random.nextInt(60), parts);
    assertThat(parts.keySet()).as(context).containsExactlyElementsOf(all.keySet());
    all.forEach(
        (place, measured) -> {
          for (int i = 0; i < measured.size(); i++) {
            Measured a = measured.get(i);
            Measured b = parts.get(place).get(i);
            assertThat(b.sum()).as(context).isEqualByComparingTo(a.sum());
            assertThat(new Measured(b.count(), BigDecimal.ZERO, b.edge(), b.skipped()))
                .as(context)
                .isEqualTo(new Measured(a.count(), BigDecimal.ZERO, a.edge(), a.skipped()));
          }
        });
    assertThat(all.values().stream().mapToLong(m -> m.get(0).count()).sum())
        .as(context)
        .isEqualTo(expected.size());
  }

  private static void add(
      SearchWorld world,
      KeyRange range,
      Filter filter,
      @Nullable Field group,
      List<Measure> measures,
      int most,
      Map<byte[], List<Measured>> sums) {
    byte[] after = null;
    do {
      Aggregated page =
          world.answer(
              new Aggregate(world.collection, range, filter, group, measures, after, most, true));
      for (Group each : page.groups()) {
        sums.merge(
            each.place(),
            each.measured(),
            (a, b) -> {
              List<Measured> both = new ArrayList<>();
              for (int i = 0; i < a.size(); i++) {
                both.add(a.get(i).and(b.get(i), measures.get(i).kind()));
              }
              return both;
            });
      }
      after = page.next();
    } while (after != null);
  }

  private static List<Key> keys(List<Hit> hits) {
    return hits.stream().map(hit -> hit.document().key()).toList();
  }

  private static List<String> places(List<Hit> hits) {
    return hits.stream().map(hit -> Arrays.toString(hit.place())).toList();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
