package dev.weir.store.write;

import dev.weir.store.Catalogue;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Position;
import dev.weir.store.Query;
import dev.weir.store.ReadResult;
import dev.weir.store.read.LocalReader;
import dev.weir.store.read.ShardView;
import dev.weir.store.rocksdb.BatchedState;
import dev.weir.store.rocksdb.RocksResources;
import dev.weir.store.rocksdb.RocksShard;
import dev.weir.store.streams.StoreView;
import dev.weir.store.testing.MapState;
import dev.weir.store.write.FoldEffects.Decision;
import dev.weir.store.write.LogRecord.CommandId;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** The only shard of an application, in memory or on disk, with its log. */
public final class FoldedShard implements AutoCloseable {
  private static final Uuid LOG = new Uuid(1, 2);

  private final StateMap state;
  private final @Nullable RocksResources resources;
  private final @Nullable RocksShard database;
  private final List<LogEntry> log = new ArrayList<>();
  private Fold fold;

  /** In memory. */
  public FoldedShard() {
    resources = null;
    database = null;
    state = new MapState();
    fold = new Fold(0, 1, state, Position.start(LOG, 0));
  }

  /** On disk, in a directory that must not exist, but its parent must. */
  public FoldedShard(Path directory) {
    resources = new RocksResources(32L * 1024 * 1024);
    database = RocksShard.open(directory, resources);
    state = new BatchedState(database);
    fold = new Fold(0, 1, state, Position.start(LOG, 0));
  }

  /** Its definitions. */
  public Catalogue catalogue() {
    return fold.catalogue();
  }

  /** Has a command decided. */
  public Outcome command(Operation operation) {
    append(new LogRecord.Command(new CommandId(1, log.size()), operation));
    List<Decision> decisions = fold.effects().drain().decisions();
    return decisions.get(decisions.size() - 1).outcome();
  }

  /** Makes one step of the oldest long work; false = there is none. */
  public boolean carryOn() {
    List<byte[]> open = state.keys(StateKeys.continuations(), 1);
    if (open.isEmpty()) {
      return false;
    }
    long step = ByteBuffer.wrap(state.get(open.get(0))).getLong();
    append(new LogRecord.Continue(StateKeys.continuationNumber(open.get(0)), step));
    return true;
  }

  /** Makes all long work end. */
  public void settle() {
    while (carryOn()) {
      // one step after the other
    }
  }

  /** Makes the fold anew from its state. */
  public void restart() {
    fold = new Fold(0, 1, state, fold.position());
  }

  /** What its state answers. */
  public <R> ReadResult<R> ask(Query<R> query) {
    return LocalReader.evaluate(view(), 0, query);
  }

  private ShardView view() {
    if (state instanceof BatchedState batched && database != null) {
      batched.commit(fold.position());
      return new StoreView(database, fold.position(), fold.catalogue());
    }
    return state().view(fold::catalogue, fold::position);
  }

  /** Its state in memory. */
  MapState state() {
    return (MapState) state;
  }

  @Override
  public void close() {
    if (database != null && resources != null) {
      database.close();
      resources.close();
    }
  }

  /** The state that the log gives when it is folded from its beginning. */
  MapState replayed() {
    MapState anew = new MapState();
    Fold second = new Fold(0, 1, anew, Position.start(LOG, 0));
    log.forEach(second::fold);
    return anew;
  }

  private void append(LogRecord record) {
    LogEntry entry =
        new LogEntry(
            log.size(), 0, 1000L + log.size(), LogFormat.key(record), LogFormat.value(record, 0));
    log.add(entry);
    fold.fold(entry);
  }
}
