package dev.weir.store.write;

import dev.weir.store.GraphQuery.Side;
import dev.weir.store.Key;
import dev.weir.store.Operation.DropOut;
import dev.weir.store.Version;
import dev.weir.store.write.EdgeTypes.EdgeType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the edges of deleted vertices along. Up to {@link #AT_ONCE} edges go with the record that
 * deletes the vertex; where there are more, a mark hides them at once and a continuation removes
 * them. The other ends hear of every edge by its version, so that one that was written anew stays.
 * Edges of a field stay where their target goes: the document that names it is still there.
 */
final class Vertices {
  /** Edges that one record of the log removes. */
  static final int AT_ONCE = 1000;

  private final StateMap state;
  private final Definitions definitions;
  private final Edges edges;
  private final FieldEdges fieldEdges;
  private final Hidden hidden;
  private final Continuations continuations;
  private final Counters counters;

  // How many edges the record "latest" has removed so far.
  private @Nullable Version latest;
  private long removed;

  Vertices(StateMap state, Definitions definitions, Edges edges, Continuations continuations) {
    this.state = state;
    this.definitions = definitions;
    this.edges = edges;
    this.fieldEdges = new FieldEdges(state, definitions, edges);
    this.hidden = edges.hidden();
    this.continuations = continuations;
    this.counters = new Counters(state);
    continuations.on(Removal.KIND, (task, at) -> carryOn(task));
    continuations.on(FieldEdges.KIND, fieldEdges::carryOn);
  }

  /**
   * A document has changed.
   *
   * @param before its stored form before; null = there was none
   * @param value its value now; null = there is none
   * @param time of the event, not negative
   */
  void changed(
      int collection,
      Key key,
      byte @Nullable [] before,
      byte @Nullable [] value,
      Version at,
      long time) {
    for (EdgeType type : definitions.edges().from(collection)) {
      if (type.isOfField()) {
        byte[] old = before == null ? null : StateValues.value(before);
        fieldEdges.changed(type, key, old, value, at, time);
      }
    }
    if (before != null && value == null) {
      deleted(collection, key, at, time);
    }
  }

  private void deleted(int collection, Key key, Version at, long time) {
    if (!at.equals(latest)) {
      latest = at;
      removed = 0;
    }
    for (EdgeType type : definitions.edges().from(collection)) {
      if (!type.isOfField()) {
        remove(type, Side.OUT, type.keys().outPrefix(key), at, time);
      }
    }
    for (EdgeType type : definitions.edges().to(collection)) {
      if (!type.isOfField()) {
        remove(type, Side.IN, type.keys().inPrefix(key), at, time);
      }
    }
  }

  private void remove(EdgeType type, Side side, byte[] vertex, Version at, long time) {
    byte[] degreeKey = StateKeys.degree(type.id(), side, vertex);
    long degree = counters.get(degreeKey);
    if (degree == 0) {
      return; // an older mark may hide some: its continuation is at work
    }
    byte[] prefix = prefix(type.id(), side, vertex);
    if (removed + degree <= AT_ONCE && hidden.mark(type.id(), side, vertex) == null) {
      removed += degree;
      for (byte[] stateKey : state.keys(prefix, Integer.MAX_VALUE)) {
        removeNow(type, side, stateKey, time);
      }
      return;
    }
    if (side == Side.OUT) {
      counters.add(StateKeys.count(type.id()), -degree);
    }
    state.delete(degreeKey);
    hidden.hide(type.id(), side, vertex, at);
    continuations.start(new Removal(type.id(), side, at, time, vertex, prefix).encode());
  }

  private void removeNow(EdgeType type, Side side, byte[] stateKey, long time) {
    Key key = keyOf(stateKey);
    if (side == Side.OUT) {
      edges.remove(type, key, time);
    } else {
      byte[] entry = present(stateKey);
      edges.inEdges().erase(type, key, true);
      drop(type, key, entry, time);
    }
  }

  /** The next step of the removal of what a mark hides. */
  byte @Nullable [] carryOn(byte[] task) {
    Removal removal = Removal.decode(task);
    EdgeType type = definitions.edges().of(removal.collection());
    if (type == null) {
      return null;
    }
    byte[] prefix = prefix(removal.collection(), removal.side(), removal.vertex());
    List<byte[]> stateKeys = state.keys(prefix, removal.from(), Continuations.STEP);
    for (byte[] stateKey : stateKeys) {
      removeHidden(type, removal, stateKey);
    }
    if (stateKeys.size() < Continuations.STEP) {
      hidden.forget(removal.collection(), removal.side(), removal.vertex(), removal.since());
      return null;
    }
    byte[] last = stateKeys.get(stateKeys.size() - 1);
    return removal.from(Arrays.copyOf(last, last.length + 1)).encode();
  }

  private void removeHidden(EdgeType type, Removal removal, byte[] stateKey) {
    Key key = keyOf(stateKey);
    byte[] stored = state.get(stateKey);
    if (stored == null) {
      return; // went with the other end of a loop, in this step
    }
    if (removal.side() == Side.OUT) {
      if (Hidden.hidesEdge(removal.since(), stored)) {
        edges.erase(type, key, stored, removal.time());
      }
    } else if (Hidden.hidesEntry(removal.since(), stored)) {
      edges.inEdges().erase(type, key, false);
      drop(type, key, stored, removal.time());
    }
  }

  private void drop(EdgeType type, Key reversed, byte[] entry, long time) {
    Key edge = type.keys().restored(reversed);
    edges.tellDropped(type, new DropOut(type.id(), edge, InEntry.version(entry)), time);
  }

  private byte[] present(byte[] stateKey) {
    byte[] stored = state.get(stateKey);
    if (stored == null) {
      throw new IllegalStateException("the state lacks an entry that it says it has");
    }
    return stored;
  }

  private static byte[] prefix(int collection, Side side, byte[] vertex) {
    return side == Side.OUT
        ? StateKeys.document(collection, vertex)
        : StateKeys.incoming(collection, vertex);
  }

  private static Key keyOf(byte[] stateKey) {
    return Key.ofEncoded(Arrays.copyOfRange(stateKey, StateKeys.DOCUMENT_PREFIX, stateKey.length));
  }
}
