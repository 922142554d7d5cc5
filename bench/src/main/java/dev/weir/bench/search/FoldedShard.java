package dev.weir.bench.search;

import dev.weir.bench.Documents;
import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.IndexDefinition;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyType;
import dev.weir.store.Operation;
import dev.weir.store.Position;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.read.LocalReader;
import dev.weir.store.rocksdb.BatchedState;
import dev.weir.store.rocksdb.RocksResources;
import dev.weir.store.rocksdb.RocksShard;
import dev.weir.store.streams.StoreView;
import dev.weir.store.write.Fold;
import dev.weir.store.write.LogEntry;
import dev.weir.store.write.LogFormat;
import dev.weir.store.write.LogRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.Uuid;

/** One shard on disk whose records are folded as a node folds them, but without Kafka. */
final class FoldedShard implements AutoCloseable {
  /** Id of the collection. */
  static final int COLLECTION = 1;

  /** Documents that are alike in the field {@code group}. */
  static final int ALIKE = 10;

  private static final int BATCH = 1000;
  private static final KeyCodec KEYS = KeyCodec.of(KeyType.Scalar.LONG);
  private static final Position START = Position.start(new Uuid(1, 2), 0);

  private final RocksShard database;
  private final BatchedState state;
  private final Fold fold;
  private final StoreView view;
  private int pending;

  /**
   * An empty shard.
   *
   * @param directory that must not exist, but its parent must
   * @param indexes fields that have an index each
   */
  FoldedShard(RocksResources resources, Path directory, List<String> indexes) {
    Catalogue catalogue = catalogue(indexes);
    database = RocksShard.open(directory, resources);
    state = new BatchedState(database);
    fold = new Fold(0, 1, state, START);
    view = new StoreView(database, START, catalogue);
    append(new LogRecord.Emitted(1_000_000, 1, new Operation.Adopt(catalogue)));
  }

  private static Catalogue catalogue(List<String> indexes) {
    CollectionDefinition things =
        new CollectionDefinition(
            COLLECTION, "things", KeyType.Scalar.LONG, "json", Writer.API, null, 1);
    List<IndexDefinition> definitions =
        indexes.stream()
            .map(
                field ->
                    IndexDefinition.on("by-" + field, List.of(field))
                        .numbered(COLLECTION + 1 + indexes.indexOf(field), COLLECTION))
            .toList();
    return new Catalogue(
        1, COLLECTION + 1 + indexes.size(), List.of(things), List.of(), definitions);
  }

  void put(long number) {
    append(
        new LogRecord.Command(
            new LogRecord.CommandId(0, 0),
            new Operation.Put(COLLECTION, key(number), document(number))));
  }

  private void append(LogRecord record) {
    long offset = fold.position().offset() + 1;
    fold.fold(new LogEntry(offset, 0, offset, LogFormat.key(record), LogFormat.value(record, 0)));
    if (++pending == BATCH) {
      commit();
    }
  }

  /** Writes what is folded. */
  void commit() {
    view.writing(fold.position(), state.pendingKeys());
    state.commit(fold.position());
    view.written(fold.position());
    fold.effects().drain();
    pending = 0;
  }

  <R> R ask(Query<R> query) {
    ReadResult<R> result = LocalReader.evaluate(view, 0, query);
    if (result instanceof ReadResult.Answer<R> answer) {
      return answer.value();
    }
    throw new IllegalStateException(result.toString());
  }

  static Key key(long number) {
    try {
      return KEYS.encode(Documents.key(number));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A document of the usual size. */
  private static byte[] document(long number) {
    String head =
        "{\"group\":"
            + number / ALIKE
            + ",\"rank\":"
            + Documents.key(number)
            + ",\"city\":\"city-"
            + number % 1000
            + "\",\"text\":\"";
    byte[] bytes = Arrays.copyOf(head.getBytes(StandardCharsets.UTF_8), Documents.BYTES);
    Arrays.fill(bytes, head.length(), bytes.length - 2, (byte) 'x');
    bytes[bytes.length - 2] = '"';
    bytes[bytes.length - 1] = '}';
    return bytes;
  }

  @Override
  public void close() {
    database.close();
  }
}
