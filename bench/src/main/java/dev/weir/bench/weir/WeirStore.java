package dev.weir.bench.weir;

import dev.weir.bench.Documents;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.DefinitionChange;
import dev.weir.store.Document;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.ShardMap;
import dev.weir.store.ShardReader;
import dev.weir.store.ShardStatus;
import dev.weir.store.SourceDefinition;
import dev.weir.store.WriteResult;
import dev.weir.store.ingest.Watermarks;
import dev.weir.store.node.CopyTerms;
import dev.weir.store.node.NodeStartException;
import dev.weir.store.node.StoreConfig;
import dev.weir.store.node.StoreNode;
import dev.weir.store.routing.ShardState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.Uuid;

/** One store node that holds all shards of an application with one collection. */
public final class WeirStore implements AutoCloseable {
  /** Name of the collection. */
  public static final String COLLECTION = "document";

  /** Its id: the first one an application gives. */
  static final int COLLECTION_ID = 1;

  /** The memory budget that a node has by default. */
  public static final long BUDGET = 512L * 1024 * 1024;

  private static final String OUTSIDE = "outside";
  private static final KeyCodec KEYS = KeyCodec.of(KeyType.Scalar.LONG);
  private static final long PATIENCE_MINUTES = 15;

  private final StoreNode node;
  private final ShardMap shards;
  private final ShardReader reader;

  private WeirStore(StoreNode node, int shards) {
    this.node = node;
    this.shards = new ShardMap(shards);
    this.reader = node.reader();
  }

  /**
   * Starts it; the shards are not there yet.
   *
   * @param more settings of Kafka clients
   */
  public static WeirStore start(
      String bootstrapServers,
      String application,
      Path directory,
      int shards,
      Map<String, Object> more)
      throws NodeStartException, InterruptedException {
    Map<String, Object> kafka = new HashMap<>(more);
    kafka.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    StoreConfig config =
        new StoreConfig(
            application,
            kafka,
            shards,
            1,
            OptionalInt.of(1),
            new StoreConfig.Local(directory, Optional.of("bench"), "", "", "", 2, BUDGET),
            List.of(),
            new SimpleMeterRegistry());
    return new WeirStore(StoreNode.start(config), shards);
  }

  /** The collection of {@link Documents}. */
  public static CollectionDefinition collection() {
    return new CollectionDefinition(
        0, COLLECTION, KeyType.Scalar.LONG, "json", CollectionDefinition.Writer.SOURCE, null, 1);
  }

  /** A topic of {@link Documents} as its source. */
  public static SourceDefinition source(String topic) {
    SourceDefinition.Mapping mapping =
        new SourceDefinition.Mapping(
            SourceDefinition.KeyFrom.RECORD,
            SourceDefinition.KeyFormat.BINARY,
            List.of(),
            List.of(),
            List.of(),
            Map.of(),
            SourceDefinition.Start.EARLIEST);
    return new SourceDefinition(0, "documents", topic, COLLECTION, mapping, 1);
  }

  /** Creates the collection, and waits until every shard knows it. */
  public void define() {
    await(() -> state(0) == ShardState.ACTIVE_SERVING);
    change(new DefinitionChange.PutCollection(collection(), DefinitionChange.Mode.APPLY));
    await(() -> serving() && node.shards().stream().allMatch(s -> s.catalogueRevision() > 0));
  }

  /** Begins to copy a topic of {@link Documents} into the log; the collection must be there. */
  public void ingest(String topic) {
    change(new DefinitionChange.PutSource(source(topic), DefinitionChange.Mode.APPLY));
    node.startIngest(origin -> new Watermarks.Answer.None(), CopyTerms.defaults());
  }

  private void change(DefinitionChange change) {
    WriteResult result = node.writer().submit(0, new Operation.Define(List.of(change))).join();
    if (!(result instanceof WriteResult.Decided decided)
        || decided.outcome() instanceof Outcome.Rejected) {
      throw new IllegalStateException("the definitions were refused: " + result);
    }
  }

  /** Waits until all shards answer. */
  public void awaitServing() {
    await(this::serving);
  }

  private boolean serving() {
    for (int shard = 0; shard < shards.shards(); shard++) {
      if (state(shard) != ShardState.ACTIVE_SERVING) {
        return false;
      }
    }
    return true;
  }

  private ShardState state(int shard) {
    return node.ownership().state(shard);
  }

  /** Waits until so many documents can be read. */
  public void awaitCount(long documents) {
    await(() -> count() >= documents);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the store has stalled");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  /** How many documents can be read; shards that do not serve have none. */
  public long count() {
    long count = 0;
    for (int shard = 0; shard < shards.shards(); shard++) {
      if (reader.read(shard, new Query.Count(COLLECTION_ID))
          instanceof ReadResult.Answer<Long> answer) {
        count += answer.value();
      }
    }
    return count;
  }

  /** How many records of the log have been folded, readable or not. */
  public long folded() {
    return node.shards().stream().mapToLong(shard -> shard.position().offset() + 1).sum();
  }

  /** The statuses of the shards. */
  public List<ShardStatus> shards() {
    return node.shards();
  }

  /** One document. */
  public ReadResult<Optional<Document>> get(long number) {
    Key key = key(number);
    return reader.read(shards.shardOf(key), new Query.Get(COLLECTION_ID, key));
  }

  /** Several documents of one shard. */
  public ReadResult<List<Optional<Document>>> multiGet(int shard, List<Key> keys) {
    return reader.read(shard, new Query.MultiGet(COLLECTION_ID, keys));
  }

  /** For each shard, the keys of those of the first {@code documents} documents that it holds. */
  public List<List<Key>> keysByShard(int documents) {
    List<List<Key>> keys = new ArrayList<>();
    for (int shard = 0; shard < shards.shards(); shard++) {
      keys.add(new ArrayList<>());
    }
    for (int number = 0; number < documents; number++) {
      Key key = key(number);
      keys.get(shards.shardOf(key)).add(key);
    }
    return keys;
  }

  /** The encoded key of a document. */
  public static Key key(long number) {
    try {
      return KEYS.encode(Documents.key(number));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The log, to be written to from outside, under a source that nobody reads. */
  public WeirLog log() {
    SourceDefinition outside = source(OUTSIDE);
    change(
        new DefinitionChange.PutSource(
            new SourceDefinition(0, OUTSIDE, OUTSIDE, COLLECTION, outside.mapping(), 1),
            DefinitionChange.Mode.APPLY));
    await(
        () ->
            node.catalogue().source(OUTSIDE).isPresent()
                && node.shards().stream()
                    .allMatch(s -> s.catalogueRevision() >= node.catalogue().revision()));
    int id = node.catalogue().source(OUTSIDE).orElseThrow().id();
    return new WeirLog(node.topics(), shards, id, Uuid.randomUuid());
  }

  @Override
  public void close() {
    node.close();
  }
}
