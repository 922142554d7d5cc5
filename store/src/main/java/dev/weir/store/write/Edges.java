package dev.weir.store.write;

import dev.weir.store.GraphQuery.Side;
import dev.weir.store.Key;
import dev.weir.store.Operation.DropOut;
import dev.weir.store.Operation.LinkIn;
import dev.weir.store.Operation.UnlinkIn;
import dev.weir.store.ShardMap;
import dev.weir.store.Version;
import dev.weir.store.write.EdgeTypes.EdgeType;
import org.jspecify.annotations.Nullable;

/**
 * The edges that begin in this shard: documents of their collections, with the degrees of the
 * vertices they begin at. Every change is told to the shard of the vertex they end at; if that is
 * this one, {@link InEdges} hears of it at once.
 */
final class Edges {
  private final int shard;
  private final ShardMap shards;
  private final StateMap state;
  private final Definitions definitions;
  private final Outbox outbox;
  private final Hidden hidden;
  private final InEdges inEdges;
  private final Counters counters;

  Edges(int shard, int shards, StateMap state, Definitions definitions, Outbox outbox) {
    this.shard = shard;
    this.shards = new ShardMap(shards);
    this.state = state;
    this.definitions = definitions;
    this.outbox = outbox;
    this.hidden = new Hidden(state);
    this.inEdges = new InEdges(state, definitions, hidden);
    this.counters = new Counters(state);
  }

  /** Marks that hide edges of both sides. */
  Hidden hidden() {
    return hidden;
  }

  /** The other side, as far as it is in this shard. */
  InEdges inEdges() {
    return inEdges;
  }

  /** The stored edge; null = there is none, or one that counts as gone. */
  byte @Nullable [] stored(EdgeType type, Key edge) {
    byte[] stored = state.get(StateKeys.document(type.id(), edge.bytes()));
    return stored == null || Hidden.hidesEdge(mark(type, vertex(type, edge)), stored)
        ? null
        : stored;
  }

  /**
   * Stores an edge; true if there was none.
   *
   * @param time of the event, not negative
   */
  boolean put(EdgeType type, Key edge, byte[] value, Version version, long time) {
    byte[] vertex = vertex(type, edge);
    byte[] stateKey = StateKeys.document(type.id(), edge.bytes());
    byte[] before = state.get(stateKey);
    boolean created = before == null || Hidden.hidesEdge(mark(type, vertex), before);
    state.put(stateKey, StateValues.document(version, time, value));
    if (created) {
      count(type, vertex, 1);
    }
    Key entry = type.keys().reversed(edge);
    Key to = type.keys().to(edge);
    int head = type.keys().inPrefix(to).length;
    send(to, new LinkIn(type.id(), entry, head, version, value), version, time);
    return created;
  }

  /** Removes an edge; false if there is none. */
  boolean remove(EdgeType type, Key edge, long time) {
    byte[] before = stored(type, edge);
    if (before == null) {
      return false;
    }
    count(type, vertex(type, edge), -1);
    erase(type, edge, before, time);
    return true;
  }

  /** Removes what is counted no more. */
  void erase(EdgeType type, Key edge, byte[] before, long time) {
    state.delete(StateKeys.document(type.id(), edge.bytes()));
    Key entry = type.keys().reversed(edge);
    Key to = type.keys().to(edge);
    int head = type.keys().inPrefix(to).length;
    send(to, new UnlinkIn(type.id(), entry, head, StateValues.version(before)), time);
  }

  /** The vertex at the other end was deleted. */
  void drop(DropOut drop, long time) {
    EdgeType type = definitions.edges().of(drop.collection());
    if (type != null && type.keys().fits(drop.edge())) {
      byte[] before = stored(type, drop.edge());
      if (before != null && StateValues.version(before).equals(drop.version())) {
        remove(type, drop.edge(), time);
      }
    }
  }

  /** Tells the shard where an edge begins that the vertex it ends at was deleted here. */
  void tellDropped(EdgeType type, DropOut drop, long time) {
    int target = shards.shardOf(type.keys().from(drop.edge()));
    if (target == shard) {
      drop(drop, time);
    } else {
      outbox.emit(target, drop, time);
    }
  }

  /** Tells the other end again what there is. */
  void resend(EdgeType type, Key edge, byte[] stored, Version at) {
    Key to = type.keys().to(edge);
    var document = StateValues.document(edge, stored);
    LinkIn link =
        new LinkIn(
            type.id(),
            type.keys().reversed(edge),
            type.keys().inPrefix(to).length,
            document.version(),
            document.value());
    send(to, link, at, document.timestamp());
  }

  private void send(Key to, LinkIn link, Version at, long time) {
    int target = shards.shardOf(to);
    if (target == shard) {
      inEdges.link(link, at, time);
    } else {
      outbox.emit(target, link, time);
    }
  }

  private void send(Key to, UnlinkIn unlink, long time) {
    int target = shards.shardOf(to);
    if (target == shard) {
      inEdges.unlink(unlink);
    } else {
      outbox.emit(target, unlink, time);
    }
  }

  private void count(EdgeType type, byte[] vertex, int change) {
    counters.add(StateKeys.count(type.id()), change);
    counters.addOrForget(StateKeys.degree(type.id(), Side.OUT, vertex), change);
  }

  private static byte[] vertex(EdgeType type, Key edge) {
    return type.keys().outPrefix(type.keys().from(edge));
  }

  private @Nullable Version mark(EdgeType type, byte[] vertex) {
    return hidden.mark(type.id(), Side.OUT, vertex);
  }
}
