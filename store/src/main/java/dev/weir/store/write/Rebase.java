package dev.weir.store.write;

import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Operation;
import dev.weir.store.ShardMap;
import dev.weir.store.SourceDefinition;
import dev.weir.store.SourceDefinition.KeyFrom;
import dev.weir.store.Version;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Makes a shard's state of one generation into the one that the next generation begins with. The
 * states of the other shards may be older or newer than this one, so that what was on its way
 * between them may be in both or in neither:
 *
 * <ul>
 *   <li>what other shards have sent is dropped, and so are the numbers up to which it had come; of
 *       edges, what the shard of the end has;
 *   <li>what this shard has to send is numbered from 1, and behind it everything is sent again that
 *       other shards hold on its behalf;
 *   <li>the newest definitions that any shard has met are taken over, because shard 0 may have
 *       decided, and others followed, after its own state was copied.
 * </ul>
 *
 * <p>Pure: the same state and definitions always give the same. Confined to one thread.
 */
public final class Rebase {
  /** Entries that one step looks at. */
  static final int STEP = 1000;

  // Before all records of the next log.
  static final Version BEGINNING = new Version(0, 0);

  private final StateMap state;
  private final ShardMap shards;
  private final Deque<Work> left = new ArrayDeque<>();
  private final RebasedEdges edges;
  private long dropped;
  private long sent;

  /** A part of it, in steps. */
  @FunctionalInterface
  interface Work {
    /** Makes one step; false = it was the last one. */
    boolean step();
  }

  /**
   * A rebase that has not begun.
   *
   * @param shard number of the shard
   * @param shards number of shards, the same in both generations
   * @param state changed by {@link #step}
   * @param newest definitions of the highest revision that any of the shards has
   */
  public Rebase(int shard, int shards, StateMap state, Catalogue newest) {
    FoldEffects unseen = new FoldEffects();
    this.state = state;
    this.shards = new ShardMap(shards);
    Outbox outbox = new Outbox(state, unseen);
    Continuations continuations = new Continuations(state, unseen);
    Definitions definitions = new Definitions(shard, shards, state, outbox, continuations, unseen);
    this.edges = new RebasedEdges(shard, shards, state, newest, definitions, outbox, continuations);
    left.add(once(() -> definitions.adopt(newest, BEGINNING)));
    left.add(once(this::forgetReceived));
    left.add(once(this::renumber));
    left.addAll(edges.work());
    left.addAll(new RebasedChanges(state, newest, continuations).work());
    for (CollectionDefinition collection : newest.collections()) {
      if (collection.edge() == null && isDerived(newest, collection)) {
        left.add(removal(StateKeys.documents(collection.id())));
        left.addAll(edges.withoutIndexes(collection.id()));
        left.add(once(() -> state.delete(StateKeys.count(collection.id()))));
      }
    }
    for (SourceDefinition source : newest.sources()) {
      if (source.mapping().keyFrom() == KeyFrom.TRACKED) {
        newest.collection(source.collection()).ifPresent(c -> left.add(sending(source, c)));
      }
    }
  }

  /**
   * Whether all documents of a collection were sent by other shards. Of one that is also fed in
   * another way nobody can tell which were: they stay, and those are sent again.
   */
  public static boolean isDerived(Catalogue catalogue, CollectionDefinition collection) {
    List<SourceDefinition> feeding =
        catalogue.sources().stream().filter(s -> s.collection().equals(collection.name())).toList();
    return !feeding.isEmpty()
        && feeding.stream().allMatch(s -> s.mapping().keyFrom() == KeyFrom.TRACKED);
  }

  /** Goes on a little; what it has put may be written afterwards. False = it is done. */
  public boolean step() {
    Work now = left.peek();
    if (now != null && !now.step()) {
      left.remove();
    }
    return !left.isEmpty();
  }

  /** Documents that were dropped so far. */
  public long dropped() {
    return dropped;
  }

  /** Documents that the shard sends again, and edges that it tells of again. */
  public long sent() {
    return sent + edges.told();
  }

  private static Work once(Runnable work) {
    return () -> {
      work.run();
      return false;
    };
  }

  private Work removal(byte[] prefix) {
    return () -> {
      List<byte[]> doomed = state.keys(prefix, STEP);
      doomed.forEach(state::delete);
      dropped += doomed.size();
      return doomed.size() == STEP;
    };
  }

  private void forgetReceived() {
    state.keys(StateKeys.received(), Integer.MAX_VALUE).forEach(state::delete);
  }

  /** What was not acknowledged when the state was copied comes first, in its order. */
  private void renumber() {
    for (byte[] key : state.keys(StateKeys.outboxSpans(), Integer.MAX_VALUE)) {
      int target = StateKeys.outboxTarget(key);
      OutboxSpan span = OutboxSpan.decode(present(key));
      for (long number = span.first(); span.first() > 1 && number <= span.last(); number++) {
        byte[] from = StateKeys.outbox(target, number);
        state.put(StateKeys.outbox(target, number - span.first() + 1), present(from));
        state.delete(from);
      }
      state.put(key, new OutboxSpan(1, span.last() - span.first() + 1).encode());
    }
  }

  private Work sending(SourceDefinition source, CollectionDefinition collection) {
    byte[] prefix = StateKeys.tracked(source.id());
    Outbox outbox = new Outbox(state, new FoldEffects());
    return new Work() {
      private byte[] from = prefix;

      @Override
      public boolean step() {
        List<byte[]> rows = state.keys(prefix, from, STEP);
        for (byte[] key : rows) {
          TrackedRow row = TrackedRow.decode(present(key));
          outbox.emit(
              shards.shardOf(collection, row.derivedKey()),
              new Operation.Put(collection.id(), row.derivedKey(), row.value()),
              row.timestamp());
          // The least key above this one.
          from = Arrays.copyOf(key, key.length + 1);
        }
        sent += rows.size();
        return rows.size() == STEP;
      }
    };
  }

  private byte[] present(byte[] key) {
    byte[] value = state.get(key);
    if (value == null) {
      throw new IllegalStateException("the state lacks an entry that it says it has");
    }
    return value;
  }
}
