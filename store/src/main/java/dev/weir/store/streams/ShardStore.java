package dev.weir.store.streams;

import dev.weir.store.Position;
import dev.weir.store.snapshot.Download;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.errors.LockException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.internals.RecordBatchingStateRestoreCallback;
import org.apache.kafka.streams.processor.internals.StreamThread;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.query.QueryResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A shard as a state store of Kafka Streams (KIP-1035: it keeps its own offsets). The fold lives
 * here and is called by processing ({@link FoldProcessor}) and by restore and standby alike.
 *
 * <p>The argument of {@link #commit} is never stored: it runs ahead of the state. {@code
 * KafkaStreams.start()} opens and closes each store once on the caller's thread, only to learn its
 * offset; that never touches the database. Confined to the thread that Streams calls it on, but for
 * {@link #query}.
 */
@SuppressWarnings("deprecation") // managesOffsets() is to be implemented until it is removed
class ShardStore implements StateStore {
  private static final Logger LOG = LoggerFactory.getLogger(ShardStore.class);

  private final ShardSetup setup;
  private int shardNumber = -1;
  private boolean peeking;
  private volatile @Nullable Shard shard;

  ShardStore(ShardSetup setup) {
    this.setup = setup;
  }

  @Override
  public String name() {
    return setup.storeName();
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    shardNumber = context.taskId().partition();
    peeking = !(Thread.currentThread() instanceof StreamThread);
    if (!peeking) {
      Path database = context.stateDir().toPath().resolve(name());
      awaitState(database);
      shard = Shard.open(setup, shardNumber, database);
      forgetOutdated(database);
    }
    context.register(
        root,
        (RecordBatchingStateRestoreCallback)
            new RecordBatchingStateRestoreCallback() {
              @Override
              public void restoreBatch(Collection<ConsumerRecord<byte[], byte[]>> records) {
                open().restore(records);
              }

              @Override
              public void restore(byte[] key, byte[] value) {
                throw new UnsupportedOperationException("records are restored with their offsets");
              }
            });
  }

  // Streams tries again later, without a deadline; on any other thread this would end the start.
  private void awaitState(Path database) {
    if (Files.exists(database) && setup.arrivals().outdated(shardNumber, database)) {
      setAside(database);
    }
    if (!Files.exists(database)) {
      setup
          .arrivals()
          .awaited(shardNumber, database)
          .ifPresent(
              reason -> {
                throw new LockException(reason);
              });
    }
  }

  /** It is kept until another node's, or the repository's, is here: it may be the only one. */
  private void setAside(Path database) {
    Path aside = outdated(database);
    LOG.warn(
        "The state of shard {} ends before its log begins: another one is fetched", shardNumber);
    try {
      Download.discard(aside);
      Files.move(database, aside, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(database + " cannot be moved to " + aside, e);
    }
  }

  private static void forgetOutdated(Path database) {
    Path aside = outdated(database);
    try {
      if (Files.exists(aside)) {
        Download.discard(aside);
      }
    } catch (IOException e) {
      LOG.warn("{} cannot be deleted", aside, e);
    }
  }

  private static Path outdated(Path database) {
    return database.resolveSibling(database.getFileName() + ".outdated");
  }

  /** The open shard. */
  Shard open() {
    Shard open = shard;
    if (open == null) {
      throw new IllegalStateException("shard " + shardNumber + " is not open");
    }
    return open;
  }

  @Override
  public void commit(Map<TopicPartition, Long> changelogOffsets) {
    Shard open = shard;
    if (open != null) {
      open.commit();
    }
  }

  @Override
  public @Nullable Long committedOffset(TopicPartition partition) {
    Shard open = shard;
    Position position =
        open != null ? open.position() : setup.startPositions().get().get(shardNumber);
    return position == null || position.offset() < 0 ? null : (Long) position.offset();
  }

  @Override
  public boolean managesOffsets() {
    return true;
  }

  @Override
  public void close() {
    Shard open = shard;
    if (open != null) {
      shard = null;
      open.close();
    }
  }

  @Override
  public boolean persistent() {
    return true;
  }

  @Override
  public boolean isOpen() {
    return shard != null || peeking;
  }

  @Override
  public <R> QueryResult<R> query(Query<R> query, PositionBound bound, QueryConfig config) {
    if (query instanceof InteractiveQuery<R> known) {
      return known.answer(setup.openShards(), shardNumber, getPosition(), bound);
    }
    return QueryResult.forUnknownQueryType(query, this);
  }

  @Override
  public org.apache.kafka.streams.query.Position getPosition() {
    org.apache.kafka.streams.query.Position position =
        org.apache.kafka.streams.query.Position.emptyPosition();
    Shard open = shard;
    return open == null || open.position().offset() < 0
        ? position
        : position.withComponent(setup.log().topic(), shardNumber, open.appliedPosition().offset());
  }
}
