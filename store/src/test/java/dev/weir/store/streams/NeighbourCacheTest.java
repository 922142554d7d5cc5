package dev.weir.store.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Edge;
import dev.weir.store.CollectionDefinition.Ends;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.EdgeKeys;
import dev.weir.store.GraphQuery;
import dev.weir.store.GraphQuery.Link;
import dev.weir.store.GraphQuery.Side;
import dev.weir.store.Key;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import dev.weir.store.Position;
import dev.weir.store.ReadResult;
import dev.weir.store.read.LocalReader;
import dev.weir.store.read.NeighbourCache;
import dev.weir.store.rocksdb.BatchedState;
import dev.weir.store.rocksdb.RocksResources;
import dev.weir.store.rocksdb.RocksShard;
import dev.weir.store.write.Fold;
import dev.weir.store.write.LogEntry;
import dev.weir.store.write.LogFormat;
import dev.weir.store.write.LogRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever reads through the cache never sees less than what was written when he began. */
class NeighbourCacheTest {
  private static final int VERTICES = 8;
  private static final int WRITES = 6000;
  private static final Uuid LOG = new Uuid(1, 2);
  private static final CollectionDefinition PERSON =
      new CollectionDefinition(1, "person", KeyType.Scalar.STRING, "json", Writer.API, null, 1);
  private static final CollectionDefinition KNOWS =
      CollectionDefinition.edges("knows", new Edge("person", "person", null, null))
          .numbered(2, 1)
          .between(new Ends(KeyType.Scalar.STRING, KeyType.Scalar.STRING));
  private static final Catalogue CATALOGUE = new Catalogue(1, 3, List.of(PERSON, KNOWS), List.of());

  @TempDir Path directory;
  private final RocksResources resources = new RocksResources(16 * 1024 * 1024);
  private RocksShard database;
  private BatchedState state;
  private StoreView view;
  private Fold fold;
  private int pending;

  @BeforeEach
  void open() {
    database = RocksShard.open(directory.resolve("db"), resources);
    state = new BatchedState(database);
    Position start = Position.start(LOG, 0);
    fold = new Fold(0, 1, state, start);
    view = new StoreView(database, start, CATALOGUE, new NeighbourCache(1 << 20));
    fold(new LogRecord.Emitted(9, 1, new Operation.Adopt(CATALOGUE)));
    commit();
  }

  @AfterEach
  void close() {
    database.close();
    resources.close();
  }

  @Test
  void forgetsWhatABatchChanges() {
    put(1, 2);
    put(3, 2);
    commit();
    for (int round = 0; round < 2; round++) {
      assertThat(others(Side.OUT, 1)).containsExactly("p2");
      assertThat(others(Side.IN, 2)).containsExactly("p1", "p3");
      assertThat(others(Side.OUT, 5)).isEmpty();
    }
    put(1, 5);
    delete(3, 2);
    put(5, 5);
    assertThat(others(Side.OUT, 1)).as("not written yet").containsExactly("p2");
    commit();
    for (int round = 0; round < 2; round++) {
      assertThat(others(Side.OUT, 1)).containsExactly("p2", "p5");
      assertThat(others(Side.IN, 2)).containsExactly("p1");
      assertThat(others(Side.OUT, 5)).containsExactly("p5");
      assertThat(others(Side.IN, 5)).containsExactly("p1", "p5");
    }
  }

  @Test
  void forgetsTheEdgesOfADeletedSupernode() {
    command(new Operation.Put(PERSON.id(), person(1), bytes("{}")));
    for (int to = 10; to < 1200; to++) {
      put(1, to);
    }
    commit();
    assertThat(others(Side.OUT, 1)).hasSize(1190);
    assertThat(others(Side.OUT, 1)).hasSize(1190);
    command(new Operation.Delete(PERSON.id(), person(1)));
    commit();
    assertThat(others(Side.OUT, 1)).isEmpty();
    assertThat(others(Side.OUT, 1)).isEmpty();
  }

  @Test
  void pagesAndLimitsAreTheSameFromTheCache() {
    for (int to = 1; to <= 5; to++) {
      put(1, to);
    }
    commit();
    GraphQuery.Neighbours walked = expand(Side.OUT, 1, 3);
    expand(Side.OUT, 1, 100);
    assertThat(expand(Side.OUT, 1, 3)).isEqualTo(walked);
    assertThat(expand(Side.OUT, 1, 5).more()).isFalse();
  }

  @Test
  void neverShowsLessThanWasWritten() throws Exception {
    // Of each vertex: the highest offset that is surely written.
    AtomicLongArray written = new AtomicLongArray(VERTICES);
    AtomicLong done = new AtomicLong();
    List<CompletableFuture<Long>> readers = new ArrayList<>();
    for (int reader = 0; reader < 3; reader++) {
      long seed = reader;
      readers.add(CompletableFuture.supplyAsync(() -> read(seed, written, done)));
    }
    Random random = new Random(7);
    for (int i = 0; i < WRITES; i++) {
      long[] newest = new long[VERTICES];
      for (int each = random.nextInt(2); each >= 0; each--) {
        int from = random.nextInt(VERTICES);
        newest[from] = put(from, VERTICES);
      }
      commit();
      for (int vertex = 0; vertex < VERTICES; vertex++) {
        if (newest[vertex] > 0) {
          written.set(vertex, newest[vertex]);
        }
      }
    }
    done.set(1);
    for (CompletableFuture<Long> reader : readers) {
      assertThat(reader.get()).isPositive();
    }
  }

  /** Reads until the end; how often. */
  private long read(long seed, AtomicLongArray written, AtomicLong done) {
    Random random = new Random(seed);
    long reads = 0;
    while (done.get() == 0) {
      int vertex = random.nextInt(VERTICES);
      long least = written.get(vertex);
      List<Link> out = expand(Side.OUT, vertex, 100).links();
      if (least > 0) {
        assertThat(out).hasSize(1);
        assertThat(out.get(0).version().offset()).isGreaterThanOrEqualTo(least);
      }
      reads++;
    }
    return reads;
  }

  private List<String> others(Side side, int vertex) {
    return expand(side, vertex, 10_000).links().stream()
        .map(link -> new String(link.other().bytes(), UTF_8))
        .toList();
  }

  private GraphQuery.Neighbours expand(Side side, int vertex, int limit) {
    GraphQuery.Expand query =
        new GraphQuery.Expand(KNOWS.id(), side, List.of(person(vertex)), limit, null, null, false);
    ReadResult<List<GraphQuery.Neighbours>> result = LocalReader.evaluate(view, 0, query);
    return ((ReadResult.Answer<List<GraphQuery.Neighbours>>) result).value().get(0);
  }

  private long put(int from, int to) {
    return command(new Operation.Put(KNOWS.id(), edge(from, to), bytes("{}")));
  }

  private void delete(int from, int to) {
    command(new Operation.Delete(KNOWS.id(), edge(from, to)));
  }

  /** The offset of its record. */
  private long command(Operation operation) {
    fold(new LogRecord.Command(new LogRecord.CommandId(0, fold.position().offset()), operation));
    return fold.position().offset();
  }

  private void fold(LogRecord record) {
    long offset = fold.position().offset() + 1;
    fold.fold(new LogEntry(offset, 0, offset, LogFormat.key(record), LogFormat.value(record, 0)));
    fold.effects().drain();
    pending++;
  }

  private void commit() {
    assertThat(pending).isPositive();
    view.writing(fold.position(), state.pendingKeys());
    state.commit(fold.position());
    view.written(fold.position());
    pending = 0;
  }

  private static Key edge(int from, int to) {
    try {
      return EdgeKeys.of(KNOWS).edge(person(from), person(to), null);
    } catch (dev.weir.store.InvalidKeyException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Key person(int number) {
    return Key.ofEncoded(bytes("p" + number));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
