package dev.weir.store.write;

import dev.weir.store.GraphQuery.Side;
import dev.weir.store.Key;
import dev.weir.store.Operation.LinkIn;
import dev.weir.store.Operation.UnlinkIn;
import dev.weir.store.Version;
import dev.weir.store.write.EdgeTypes.EdgeType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The edges that end in this shard: an {@link InEntry} of each, and the degrees of the vertices
 * they end at. What is heard of one edge comes from one shard, in order and once.
 */
final class InEdges {
  private final StateMap state;
  private final Definitions definitions;
  private final Hidden hidden;
  private final Counters counters;

  InEdges(StateMap state, Definitions definitions, Hidden hidden) {
    this.state = state;
    this.definitions = definitions;
    this.hidden = hidden;
    this.counters = new Counters(state);
  }

  /** An edge is there. */
  void link(LinkIn link, Version at, long time) {
    if (isDropped(link.collection())) {
      return;
    }
    byte[] key = StateKeys.incoming(link.collection(), link.entry().bytes());
    byte[] vertex = Arrays.copyOf(link.entry().bytes(), link.head());
    byte[] before = state.get(key);
    state.put(key, InEntry.encode(at.offset(), link.version(), Math.max(0, time), link.value()));
    if (before == null || Hidden.hidesEntry(mark(link.collection(), vertex), before)) {
      count(link.collection(), vertex, 1);
    }
  }

  /** An edge is gone. */
  void unlink(UnlinkIn unlink) {
    byte[] key = StateKeys.incoming(unlink.collection(), unlink.entry().bytes());
    byte[] before = state.get(key);
    if (before == null || Hidden.isOlder(unlink.version(), InEntry.version(before))) {
      return;
    }
    byte[] vertex = Arrays.copyOf(unlink.entry().bytes(), unlink.head());
    state.delete(key);
    if (!Hidden.hidesEntry(mark(unlink.collection(), vertex), before)) {
      count(unlink.collection(), vertex, -1);
    }
  }

  /**
   * Removes an entry because its vertex was deleted.
   *
   * @param counted whether the vertex's degree counts it
   */
  void erase(EdgeType type, Key reversed, boolean counted) {
    state.delete(StateKeys.incoming(type.id(), reversed.bytes()));
    if (counted) {
      count(type.id(), type.keys().inPrefix(type.keys().to(type.keys().restored(reversed))), -1);
    }
  }

  private void count(int collection, byte[] vertex, int change) {
    counters.addOrForget(StateKeys.degree(collection, Side.IN, vertex), change);
  }

  private @Nullable Version mark(int collection, byte[] vertex) {
    return hidden.mark(collection, Side.IN, vertex);
  }

  // An edge may well be here before the definition of its type: that comes from another shard.
  private boolean isDropped(int collection) {
    return collection < definitions.catalogue().nextId()
        && definitions.collection(collection) == null;
  }
}
