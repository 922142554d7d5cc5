package dev.weir.query.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.Document;
import dev.weir.store.Filter.Field;
import dev.weir.store.Filter.Value;
import dev.weir.store.Key;
import dev.weir.store.KeyRange;
import dev.weir.store.SearchQuery.Access;
import dev.weir.store.SearchQuery.Aggregate;
import dev.weir.store.SearchQuery.Aggregated;
import dev.weir.store.SearchQuery.Found;
import dev.weir.store.SearchQuery.Group;
import dev.weir.store.SearchQuery.Hit;
import dev.weir.store.SearchQuery.Kind;
import dev.weir.store.SearchQuery.Measure;
import dev.weir.store.SearchQuery.Measured;
import dev.weir.store.SearchQuery.Occurrence;
import dev.weir.store.SearchQuery.Occurrences;
import dev.weir.store.SearchQuery.Plan;
import dev.weir.store.Version;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

class SearchMergeTest {
  private static final int SHARDS = 4;

  /** Shards end their pages where they like; every hit comes once, in order. */
  @Property(tries = 300)
  void pagesThatEndEarlyAddUp(@ForAll long seed) {
    Random random = new Random(seed);
    List<List<Hit>> shards = new ArrayList<>();
    List<byte[]> all = new ArrayList<>();
    for (int shard = 0; shard < SHARDS; shard++) {
      List<Hit> hits = new ArrayList<>();
      for (int i = random.nextInt(20); i > 0; i--) {
        // Places of different shards differ, because keys do.
        byte[] place = {(byte) random.nextInt(256), (byte) random.nextInt(256), (byte) shard};
        if (hits.stream().noneMatch(hit -> Arrays.equals(hit.place(), place))) {
          hits.add(hit(place));
          all.add(place);
        }
      }
      hits.sort((a, b) -> Arrays.compareUnsigned(a.place(), b.place()));
      shards.add(hits);
    }
    all.sort(Arrays::compareUnsigned);
    List<byte[]> seen = new ArrayList<>();
    byte[] after = null;
    int limit = 1 + random.nextInt(6);
    do {
      List<Found> pages = new ArrayList<>();
      for (List<Hit> shard : shards) {
        pages.add(page(shard, after, limit, random));
      }
      Found merged = SearchMerge.found(limit, pages);
      assertThat(merged.hits()).hasSizeLessThanOrEqualTo(limit);
      assertThat(merged.plans()).hasSize(SHARDS);
      merged.hits().forEach(hit -> seen.add(hit.place()));
      after = merged.next();
    } while (after != null);
    assertThat(seen).usingRecursiveComparison().isEqualTo(all);
  }

  /** A shard's page: at most {@code limit} hits, and perhaps fewer. */
  private static Found page(List<Hit> shard, byte @Nullable [] after, int limit, Random random) {
    List<Hit> rest =
        shard.stream()
            .filter(hit -> after == null || Arrays.compareUnsigned(hit.place(), after) > 0)
            .toList();
    int size = Math.min(rest.size(), random.nextBoolean() ? limit : 1 + random.nextInt(limit));
    byte[] next = size < rest.size() ? rest.get(size - 1).place() : null;
    return new Found(rest.subList(0, size), next, plan());
  }

  @Example
  void groupsAddUpExactly() {
    Aggregate query =
        new Aggregate(
            1,
            KeyRange.all(),
            null,
            null,
            List.of(new Measure(Kind.SUM, Field.of("n")), new Measure(Kind.MIN, Field.of("n"))),
            null,
            1,
            true);
    Aggregated merged =
        SearchMerge.groups(
            query,
            List.of(
                new Aggregated(List.of(group("a", "0.1", 3), group("c", "1", 1)), null, plan()),
                new Aggregated(List.of(group("a", "0.2", 2)), null, plan()),
                new Aggregated(List.of(group("b", "1e30", 7)), null, plan())));
    assertThat(merged.groups())
        .extracting(Group::value)
        .containsExactly(text("a"), text("b"), text("c"));
    assertThat(merged.groups().get(0).measured().get(0).sum()).isEqualByComparingTo("0.3");
    assertThat(merged.groups().get(0).measured().get(1).edge())
        .isEqualTo(new Value.Numeric(new BigDecimal("2")));
  }

  @Example
  void valuesAreCountedOverAllShards() {
    Occurrences merged =
        SearchMerge.duplicates(
            List.of(
                new Occurrences(List.of(occurs("a", 1), occurs("b", 2)), bytes("b")),
                new Occurrences(List.of(occurs("a", 1), occurs("c", 3)), null)));
    assertThat(merged.values()).extracting(Occurrence::documents).containsExactly(2L, 2L);
    assertThat(merged.values().get(0).keys()).hasSize(2);
    assertThat(merged.next()).isEqualTo(bytes("b"));
  }

  private static Occurrence occurs(String value, long documents) {
    List<Key> keys = List.of(Key.ofEncoded(bytes(value + documents)));
    return new Occurrence(bytes(value), List.of(text(value)), documents, keys, true);
  }

  private static Group group(String value, String sum, int least) {
    Measured total = new Measured(1, new BigDecimal(sum), null, 0);
    Value edge = new Value.Numeric(BigDecimal.valueOf(least));
    return new Group(
        bytes(value), text(value), List.of(total, new Measured(1, BigDecimal.ZERO, edge, 0)));
  }

  private static Value text(String text) {
    return new Value.Text(text);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Hit hit(byte[] place) {
    return new Hit(new Document(Key.ofEncoded(place), new byte[0], new Version(0, 1), 1), place);
  }

  private static Plan plan() {
    return new Plan(Access.SCAN, null, 0, 1, true);
  }
}
