package dev.weir.bench.search;

import dev.weir.bench.Figures;
import dev.weir.bench.Scale;
import dev.weir.bench.process.Directories;
import dev.weir.store.Filter;
import dev.weir.store.Filter.Field;
import dev.weir.store.Filter.Relation;
import dev.weir.store.Filter.Value;
import dev.weir.store.KeyRange;
import dev.weir.store.Query;
import dev.weir.store.Query.Order;
import dev.weir.store.SearchQuery.Aggregate;
import dev.weir.store.SearchQuery.Find;
import dev.weir.store.SearchQuery.Found;
import dev.weir.store.SearchQuery.Kind;
import dev.weir.store.SearchQuery.Measure;
import dev.weir.store.SearchQuery.Sort;
import dev.weir.store.rocksdb.RocksResources;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Secondary indexes of one shard, without Kafka: lookups beside gets, a selective filter beside the
 * scan that it saves, pages of an order, groups, and what indexes cost while documents come in.
 */
public final class SearchRun {
  private static final long BUDGET = 256L * 1024 * 1024;
  private static final int MOST = Integer.MAX_VALUE;
  private static final int PAGE = 100;
  private static final List<String> INDEXES = List.of("group", "rank", "city");

  private SearchRun() {}

  /** Runs it. */
  public static Figures run(Scale scale, Path directory) throws IOException {
    Figures figures = new Figures();
    for (int round = 0; round < scale.rounds(); round++) {
      Path here = Files.createTempDirectory(directory, "search");
      try (RocksResources one = new RocksResources(BUDGET);
          RocksResources other = new RocksResources(BUDGET);
          FoldedShard plain = new FoldedShard(one, here.resolve("plain"), List.of());
          FoldedShard indexed = new FoldedShard(other, here.resolve("indexed"), INDEXES)) {
        figures.add("folding without indexes", "records/s", fill(plain, scale));
        figures.add("folding with 3 indexes", "records/s", fill(indexed, scale));
        ask(figures, plain, indexed, scale);
      } finally {
        Directories.remove(here);
      }
    }
    figures.ratio("folding with 3 indexes", "folding without indexes", "at least 0.5");
    figures.ratio("lookup of 10 documents", "10 gets", "at most 3");
    figures.ratio("filter by scan", "filter by index", "at least 100");
    figures.ratio("page in the middle", "page 1", "1");
    figures.ratio("groups counted by scan", "groups counted by index", "");
    figures.note("One shard, one thread, " + scale.documents() + " documents of 200 bytes.");
    return figures;
  }

  private static double fill(FoldedShard shard, Scale scale) {
    long start = System.nanoTime();
    for (int i = 0; i < scale.documents(); i++) {
      shard.put(i);
    }
    shard.commit();
    return scale.documents() * 1e9 / (System.nanoTime() - start);
  }

  private static void ask(Figures figures, FoldedShard plain, FoldedShard shard, Scale scale) {
    Random random = new Random(5);
    int groups = scale.documents() / FoldedShard.ALIKE;
    Runnable gets =
        () -> {
          for (int i = 0; i < FoldedShard.ALIKE; i++) {
            long number = random.nextInt(scale.documents());
            shard.ask(new Query.Get(FoldedShard.COLLECTION, FoldedShard.key(number)));
          }
        };
    Runnable lookup = () -> expect(shard, equal("group", random.nextInt(groups)), 10);
    figures.add("10 gets", "µs", micros(gets, scale.seconds()));
    figures.add("lookup of 10 documents", "µs", micros(lookup, scale.seconds()));
    figures.add("filter by index", "µs", micros(lookup, scale.seconds()));
    Runnable scan = () -> expect(plain, equal("group", random.nextInt(groups)), 10);
    figures.add("filter by scan", "µs", micros(scan, scale.seconds()));
    pages(figures, shard, scale);
    figures.add("groups counted by index", "µs", micros(() -> count(shard, "city"), 1));
    figures.add("groups counted by scan", "µs", micros(() -> count(plain, "city"), 1));
  }

  private static void pages(Figures figures, FoldedShard shard, Scale scale) {
    byte[] after = null;
    for (int i = 0; i < scale.documents() / PAGE / 2; i++) {
      after = page(shard, after).next();
    }
    byte[] middle = after;
    figures.add("page 1", "µs", micros(() -> page(shard, null), scale.seconds()));
    figures.add("page in the middle", "µs", micros(() -> page(shard, middle), scale.seconds()));
  }

  private static Found page(FoldedShard shard, byte @Nullable [] after) {
    return shard.ask(
        new Find(
            FoldedShard.COLLECTION,
            KeyRange.all(),
            null,
            List.of(new Sort(Field.of("rank"), Order.ASC)),
            PAGE,
            after,
            List.of(),
            MOST,
            false));
  }

  private static void expect(FoldedShard shard, Filter filter, int hits) {
    Found found =
        shard.ask(
            new Find(
                FoldedShard.COLLECTION,
                KeyRange.all(),
                filter,
                List.of(),
                hits,
                null,
                List.of(),
                MOST,
                true));
    if (found.hits().size() != hits) {
      throw new IllegalStateException(found.hits().size() + " hits instead of " + hits);
    }
  }

  private static void count(FoldedShard shard, String field) {
    byte[] after = null;
    do {
      after =
          shard
              .ask(
                  new Aggregate(
                      FoldedShard.COLLECTION,
                      KeyRange.all(),
                      null,
                      Field.of(field),
                      List.of(new Measure(Kind.COUNT, null)),
                      after,
                      MOST,
                      true))
              .next();
    } while (after != null);
  }

  private static Filter equal(String field, long number) {
    return new Filter.Compare(
        Field.of(field), Relation.EQ, new Value.Numeric(BigDecimal.valueOf(number)));
  }

  /** Microseconds of one turn: the mean after half of the time was spent on warming up. */
  private static double micros(Runnable turn, int seconds) {
    long half = seconds * 500_000_000L;
    long begin = System.nanoTime();
    do {
      turn.run();
    } while (System.nanoTime() - begin < half);
    long start = System.nanoTime();
    long turns = 0;
    do {
      turn.run();
      turns++;
    } while (System.nanoTime() - start < half);
    return (System.nanoTime() - start) / 1e3 / turns;
  }
}
