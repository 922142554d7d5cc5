package dev.weir.bench.get;

import dev.weir.bench.Documents;
import dev.weir.bench.feed.SourceTopic.Pace;
import dev.weir.bench.raw.RawRocks;
import dev.weir.bench.stock.StockTable;
import dev.weir.bench.weir.WeirStore;
import dev.weir.store.Document;
import dev.weir.store.Key;
import dev.weir.store.ReadResult;
import dev.weir.store.node.NodeStartException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.rocksdb.RocksDBException;

/** Gets of random existing documents; everybody computes the key's encoding and its shard. */
public class GetBenchmark {

  /** Which document comes next. */
  @State(Scope.Thread)
  public static class Numbers {
    private final SplittableRandom random =
        new SplittableRandom(Thread.currentThread().getId() * 7919);
    private final int documents = GetSetup.ofThisFork().documents();

    int next() {
      return random.nextInt(documents);
    }

    /** A number of the same shard as {@code first}. */
    int nextLike(int first) {
      int rows = documents / GetSetup.SHARDS;
      return random.nextInt(rows) * GetSetup.SHARDS + first % GetSetup.SHARDS;
    }
  }

  /** RocksDB alone. */
  @State(Scope.Benchmark)
  public static class Raw {
    private final RawRocks rocks;
    private final @Nullable Thread writer;

    /** Opens what was prepared. */
    public Raw() {
      GetSetup setup = GetSetup.ofThisFork();
      rocks = open(setup);
      writer = setup.loaded() ? new Thread(() -> write(setup.documents())) : null;
      if (writer != null) {
        writer.start();
      }
    }

    // JMH derives classes from this one whose constructors may not throw.
    private static RawRocks open(GetSetup setup) {
      try {
        return new RawRocks(setup.directory(), GetSetup.SHARDS, GetSetup.BUDGET, true);
      } catch (RocksDBException e) {
        throw new IllegalStateException(e);
      }
    }

    private void write(int documents) {
      Pace pace = new Pace(GetSetup.WRITES_PER_SECOND);
      int step = GetSetup.WRITES_PER_SECOND / 100;
      try {
        for (long sent = 0; !Thread.interrupted(); sent += step) {
          long from = sent % (documents - step);
          rocks.fill(from, from + step, step);
          pace.await(sent);
        }
      } catch (RocksDBException e) {
        throw new IllegalStateException(e);
      }
    }

    /** Closes it. */
    @TearDown(Level.Trial)
    public void close() throws InterruptedException {
      if (writer != null) {
        writer.interrupt();
        writer.join();
      }
      rocks.close();
    }
  }

  /** Kafka Streams as it comes. */
  @State(Scope.Benchmark)
  public static class Stock {
    private final StockTable table;

    /** Starts on what was prepared. */
    public Stock() {
      GetSetup setup = GetSetup.ofThisFork();
      table =
          new StockTable(
              setup.bootstrapServers(),
              "stock",
              GetSetup.TOPIC,
              setup.directory().resolve("stock"),
              Map.of());
      table.awaitLast(setup.documents(), GetSetup.SHARDS);
    }

    /** Closes it. */
    @TearDown(Level.Trial)
    public void close() {
      table.close();
    }
  }

  /** Weir. */
  @State(Scope.Benchmark)
  public static class Ours {
    private final WeirStore store;
    private final List<List<Key>> keysByShard;

    /** Starts on what was prepared. */
    public Ours() {
      GetSetup setup = GetSetup.ofThisFork();
      try {
        store = setup.startOurs();
      } catch (NodeStartException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
      store.awaitCount(setup.documents());
      keysByShard = store.keysByShard(Math.min(setup.documents(), 100_000));
    }

    /** Closes it. */
    @TearDown(Level.Trial)
    public void close() {
      store.close();
    }
  }

  /** One get. */
  @Benchmark
  public Object weir(Ours ours, Numbers numbers) {
    return document(ours.store.get(numbers.next()));
  }

  private static Document document(ReadResult<Optional<Document>> result) {
    if (result instanceof ReadResult.Answer<Optional<Document>> answer) {
      return answer.value().orElseThrow();
    }
    throw new IllegalStateException(result.toString());
  }

  /** A hundred keys of one shard at once. */
  @Benchmark
  public Object weirMultiGet100(Ours ours, Numbers numbers) {
    int shard = numbers.next() % GetSetup.SHARDS;
    List<Key> known = ours.keysByShard.get(shard);
    List<Key> keys = new ArrayList<>(GetSetup.BATCH);
    for (int i = 0; i < GetSetup.BATCH; i++) {
      keys.add(known.get(numbers.next() % known.size()));
    }
    return ours.store.multiGet(shard, keys);
  }

  /** One get. */
  @Benchmark
  public Object rawRocksDb(Raw raw, Numbers numbers) throws RocksDBException {
    int number = numbers.next();
    return Objects.requireNonNull(raw.rocks.get(number % GetSetup.SHARDS, RawRocks.key(number)));
  }

  /** One get. */
  @Benchmark
  public Object stockStore(Stock stock, Numbers numbers) {
    int number = numbers.next();
    int partition = StockTable.partition(number, GetSetup.SHARDS);
    return Objects.requireNonNull(
        Objects.requireNonNull(stock.table.store(partition)).get(Documents.key(number)));
  }

  /** One get. */
  @Benchmark
  public Object stockInteractiveQuery(Stock stock, Numbers numbers) {
    int number = numbers.next();
    int partition = StockTable.partition(number, GetSetup.SHARDS);
    return Objects.requireNonNull(stock.table.query(partition, Documents.key(number)));
  }

  /** A hundred keys of one shard at once. */
  @Benchmark
  public Object rawMultiGet100(Raw raw, Numbers numbers) throws RocksDBException {
    int first = numbers.next();
    List<byte[]> keys = new ArrayList<>(GetSetup.BATCH);
    for (int i = 0; i < GetSetup.BATCH; i++) {
      keys.add(RawRocks.key(numbers.nextLike(first)));
    }
    return raw.rocks.multiGet(first % GetSetup.SHARDS, keys);
  }
}
