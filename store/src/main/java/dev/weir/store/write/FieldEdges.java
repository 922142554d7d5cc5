package dev.weir.store.write;

import dev.weir.store.Document;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.Key;
import dev.weir.store.Version;
import dev.weir.store.write.EdgeTypes.EdgeType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the edges that follow from a field of the documents they begin at as those documents are.
 * For an edge type that is declared when there are documents already, a continuation makes their
 * edges.
 */
final class FieldEdges {
  static final byte KIND = (byte) 0x81;

  private static final int HEAD = 5;

  private final StateMap state;
  private final Definitions definitions;
  private final Edges edges;

  FieldEdges(StateMap state, Definitions definitions, Edges edges) {
    this.state = state;
    this.definitions = definitions;
    this.edges = edges;
  }

  /** What makes the edges of the documents that are there when an edge type comes. */
  static byte[] backfill(EdgeType type) {
    return task(type.id(), StateKeys.documents(type.from()));
  }

  /** A document that edges begin at has changed. */
  void changed(
      EdgeType type,
      Key document,
      byte @Nullable [] before,
      byte @Nullable [] value,
      Version at,
      long time) {
    SortedMap<Key, byte[]> old = References.of(type, before);
    SortedMap<Key, byte[]> now = References.of(type, value);
    for (Key to : old.keySet()) {
      if (!now.containsKey(to)) {
        edges.remove(type, edge(type, document, to), time);
      }
    }
    for (Map.Entry<Key, byte[]> each : now.entrySet()) {
      // What is as before is left alone: it is there, or a backfill on its way makes it.
      if (!Arrays.equals(each.getValue(), old.get(each.getKey()))) {
        edges.put(type, edge(type, document, each.getKey()), each.getValue(), at, time);
      }
    }
  }

  /** The next step of a backfill: about as many documents and edges as a step may have. */
  byte @Nullable [] carryOn(byte[] task, Version at) {
    EdgeType type = definitions.edges().of(ByteBuffer.wrap(task).getInt(1));
    if (type == null) {
      return null;
    }
    byte[] prefix = StateKeys.documents(type.from());
    byte[] from = Arrays.copyOfRange(task, HEAD, task.length);
    List<byte[]> stateKeys = state.keys(prefix, from, Continuations.STEP);
    int made = 0;
    for (byte[] stateKey : stateKeys) {
      made += make(type, stateKey, at);
      from = Arrays.copyOf(stateKey, stateKey.length + 1);
      if (made >= Continuations.STEP) {
        return task(type.id(), from);
      }
    }
    return stateKeys.size() < Continuations.STEP ? null : task(type.id(), from);
  }

  private int make(EdgeType type, byte[] stateKey, Version at) {
    byte[] stored = state.get(stateKey);
    if (stored == null) {
      throw new IllegalStateException("the state lacks a document that it says it has");
    }
    Key key =
        Key.ofEncoded(Arrays.copyOfRange(stateKey, StateKeys.DOCUMENT_PREFIX, stateKey.length));
    Document document = StateValues.document(key, stored);
    int made = 0;
    for (Map.Entry<Key, byte[]> each : References.of(type, document.value()).entrySet()) {
      Key edge = edge(type, key, each.getKey());
      byte[] there = edges.stored(type, edge);
      if (there == null || !Arrays.equals(StateValues.value(there), each.getValue())) {
        edges.put(type, edge, each.getValue(), at, document.timestamp());
        made++;
      }
    }
    return made;
  }

  private static byte[] task(int collection, byte[] from) {
    return ByteBuffer.allocate(HEAD + from.length).put(KIND).putInt(collection).put(from).array();
  }

  private static Key edge(EdgeType type, Key from, Key to) {
    try {
      return type.keys().edge(from, to, null);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("keys that their codec has taken make no edge", e);
    }
  }
}
