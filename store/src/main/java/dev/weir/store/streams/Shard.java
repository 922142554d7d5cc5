package dev.weir.store.streams;

import dev.weir.store.Position;
import dev.weir.store.read.NeighbourCache;
import dev.weir.store.rocksdb.BatchedState;
import dev.weir.store.rocksdb.RocksShard;
import dev.weir.store.rocksdb.StateIdentity;
import dev.weir.store.snapshot.Download;
import dev.weir.store.write.Fold;
import dev.weir.store.write.FoldEffects;
import dev.weir.store.write.FoldResult;
import dev.weir.store.write.LogEntry;
import dev.weir.store.write.StateKeys;
import dev.weir.store.write.StateValues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open shard: its database, its fold, and what readers see. Entries are folded one by one and
 * written in batches, each with the position it stands for; a batch ends as soon as no further
 * entry is queued, so that it costs no time when the log is quiet, or as soon as a reader waits for
 * it, so that he need not wait for what he did not ask for.
 *
 * <p>A shard that must not go on (a gap in the log, a record of a newer release) stops: it keeps
 * its state and position, ignores what comes, and tells why. Confined to the folding thread.
 */
final class Shard implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Shard.class);
  private static final int BATCH_RECORDS = 1000;
  private static final long BATCH_BYTES = 1024 * 1024;

  /** This part of the heap may hold neighbourhoods, if a node has all shards. */
  private static final int HEAP_FOR_EDGES = 8;

  private final ShardSetup setup;
  private final int number;
  private final RocksShard database;
  private final BatchedState state;
  private final Fold fold;
  private final StoreView view;
  private int pending;
  private final Path directory;
  private boolean active;
  private boolean broken;
  private boolean abandoned;

  private Shard(ShardSetup setup, int number, RocksShard database, Path directory) {
    this.setup = setup;
    this.number = number;
    this.database = database;
    this.directory = directory;
    this.state = new BatchedState(database);
    byte[] stored = database.get(StateKeys.position());
    Position position =
        stored == null
            ? Position.start(setup.log().id(), setup.log().generation())
            : StateValues.position(stored);
    this.fold = new Fold(number, setup.log().shards(), state, position);
    this.view =
        new StoreView(
            database,
            position,
            fold.catalogue(),
            new NeighbourCache(
                Runtime.getRuntime().maxMemory() / HEAP_FOR_EDGES / setup.log().shards()));
  }

  static Shard open(ShardSetup setup, int number, Path directory) {
    RocksShard database = RocksShard.open(directory, setup.resources());
    try {
      StateIdentity expected =
          new StateIdentity(
              StateIdentity.FORMAT,
              setup.log().id(),
              setup.log().generation(),
              number,
              setup.log().application());
      byte[] found = database.get(StateKeys.identity());
      if (found != null) {
        expected
            .refuse(StateIdentity.decode(found))
            .ifPresent(
                reason -> {
                  throw new IllegalStateException(reason);
                });
      }
      Shard shard = new Shard(setup, number, database, directory);
      if (found == null) {
        shard.state.put(StateKeys.identity(), expected.encode());
        shard.state.commit(shard.fold.position());
      }
      shard.publish();
      return shard;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private void publish() {
    setup.openShards().open(number, view);
    setup.ownership().opened(number);
    if (position().offset() >= 0) {
      setup.ownership().foundOnDisk(number);
    }
    setup.ownership().position(number, position().offset());
    setup.listener().defined(number, fold.catalogue());
    setup.ownership().catalogueRevision(number, fold.catalogue().revision());
    setup.listener().opened(number);
  }

  Position position() {
    return fold.position();
  }

  Position appliedPosition() {
    return view.applied();
  }

  void activate() {
    active = true;
    setup.ownership().activated(number);
    setup.listener().activated(number);
  }

  void deactivate() {
    if (active) {
      active = false;
      commit();
      setup.listener().deactivated(number);
      setup.ownership().deactivated(number);
    }
  }

  /** Folds an entry that processing brings. */
  void process(LogEntry entry, boolean moreQueued) {
    fold(entry);
    if (!moreQueued) {
      commit();
    }
  }

  /** Folds entries that restore or standby brings. */
  void restore(Collection<ConsumerRecord<byte[], byte[]>> records) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      fold(
          new LogEntry(
              record.offset(),
              record.leaderEpoch().orElse(-1),
              record.timestamp(),
              record.key(),
              record.value()));
    }
    commit();
  }

  private void fold(LogEntry entry) {
    if (setup.ownership().state(number).stopped()) {
      return;
    }
    broken = true;
    FoldResult result = fold.fold(entry);
    broken = false;
    if (result instanceof FoldResult.Folded) {
      pending++;
      if (pending >= BATCH_RECORDS
          || state.pendingBytes() >= BATCH_BYTES
          || setup.listener().awaited(number, entry.offset())) {
        commit();
      }
    } else if (result instanceof FoldResult.Stopped stopped) {
      commit();
      if (position().offset() < 0 && setup.arrivals().lacksBeginning(number)) {
        abandon();
      }
      stop(stopped.reason());
    }
  }

  // The log had its beginning when this node looked, and was cut before the first record was read.
  // The stream thread ends with this; once Kafka Streams is started again, the state is fetched.
  private void abandon() {
    abandoned = true;
    throw new IllegalStateException(
        "shard " + number + " has no state, and its log lost its beginning just now");
  }

  /** Writes what has been folded; harmless if nothing has. */
  void commit() {
    if (pending == 0 || broken) {
      return;
    }
    broken = true;
    Position position = fold.position();
    view.writing(position, state.pendingKeys());
    state.commit(position);
    view.written(position);
    broken = false;
    pending = 0;
    FoldEffects.Batch effects = fold.effects().drain();
    if (effects.redefined()) {
      view.define(fold.catalogue());
      setup.listener().defined(number, fold.catalogue());
      setup.ownership().catalogueRevision(number, fold.catalogue().revision());
    }
    if (!effects.decisions().isEmpty()) {
      setup.listener().decided(number, position, effects.decisions());
    }
    setup.ownership().position(number, position.offset());
    setup.listener().applied(number, position, effects);
  }

  private void stop(String reason) {
    LOG.error("Shard {} stops at offset {}: {}", number, position().offset(), reason);
    setup.ownership().stopped(number, reason);
  }

  @Override
  public void close() {
    deactivate();
    commit();
    setup.openShards().close(number);
    setup.ownership().closed(number);
    setup.listener().closed(number);
    database.close();
    if (abandoned) {
      discard();
    }
  }

  /** What is empty would be taken for the state otherwise. */
  private void discard() {
    try {
      Download.discard(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(directory + " cannot be deleted", e);
    }
  }
}
