package dev.weir.store.read;

import dev.weir.store.CollectionDefinition;
import dev.weir.store.EdgeKeys;
import dev.weir.store.GraphQuery;
import dev.weir.store.Key;
import dev.weir.store.Position;
import dev.weir.store.Version;
import dev.weir.store.write.Hidden;
import dev.weir.store.write.StateKeys;
import dev.weir.store.write.StateValues;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All documents of a shard as they stood at one moment. Keeps the shard open, but gives it up as
 * soon as the node wants to close it. Confined to one thread; must be closed once.
 */
public final class ShardCut implements AutoCloseable {
  private static final int DOCUMENTS_PER_LOOK = 256;
  private static final SortedMap<byte[], Version> NO_MARKS = Collections.emptySortedMap();

  private final OpenShards shards;
  private final OpenShard open;
  private final ShardView.Still still;

  private ShardCut(OpenShards shards, OpenShard open, ShardView.Still still) {
    this.shards = shards;
    this.open = open;
    this.still = still;
  }

  /** Is given one document after the other. */
  public interface Visitor {
    /**
     * Takes a document.
     *
     * @param value its stored form
     */
    void document(Key key, byte[] value);
  }

  /** The node closes the shard: the rest cannot be read here. */
  public static final class LostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LostException(String message) {
      super(message);
    }
  }

  /**
   * The shard as it stands now.
   *
   * @throws LostException if it is not open here
   */
  public static ShardCut of(OpenShards shards, int shard) {
    OpenShard open = shards.acquire(shard);
    if (open == null) {
      throw new LostException("shard " + shard + " is not open here any more");
    }
    try {
      return new ShardCut(shards, open, open.view().still());
    } catch (RuntimeException e) {
      shards.release(open);
      throw e;
    }
  }

  /** How far the state had got. */
  public Position position() {
    return still.position();
  }

  /**
   * Visits all documents of a collection in the order of their keys.
   *
   * @throws LostException if the node closes the shard meanwhile
   */
  public void documents(CollectionDefinition collection, Visitor visitor) {
    int id = collection.id();
    SortedMap<byte[], Version> marks = collection.edge() == null ? NO_MARKS : marks(id);
    EdgeKeys keys = marks.isEmpty() ? null : EdgeKeys.of(collection);
    try (ShardView.Walk walk = still.walk(StateKeys.documents(id), StateKeys.documents(id + 1))) {
      for (int met = 0; walk.valid(); met++) {
        if (met % DOCUMENTS_PER_LOOK == 0 && open.closing()) {
          throw new LostException("the shard moved to another node while it was read");
        }
        byte[] stateKey = walk.key();
        Key key =
            Key.ofEncoded(Arrays.copyOfRange(stateKey, StateKeys.DOCUMENT_PREFIX, stateKey.length));
        byte[] stored = walk.value();
        if (keys == null || !Hidden.hidesEdge(marks.get(keys.outPrefix(keys.from(key))), stored)) {
          visitor.document(key, StateValues.value(stored));
        }
        walk.next();
      }
    }
  }

  /** Vertices that were deleted, and whose older edges are on their way out. */
  private SortedMap<byte[], Version> marks(int collection) {
    SortedMap<byte[], Version> marks = new TreeMap<>(Arrays::compareUnsigned);
    byte[] from = StateKeys.hidden(collection, GraphQuery.Side.OUT);
    try (ShardView.Walk walk = still.walk(from, StateKeys.hidden(collection, GraphQuery.Side.IN))) {
      while (walk.valid()) {
        byte[] vertex = Arrays.copyOfRange(walk.key(), StateKeys.HIDDEN_PREFIX, walk.key().length);
        marks.put(vertex, StateValues.version(walk.value()));
        walk.next();
      }
    }
    return marks;
  }

  @Override
  public void close() {
    still.close();
    shards.release(open);
  }
}
