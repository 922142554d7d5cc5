package dev.weir.store;

import dev.weir.store.CollectionDefinition.Edge;
import dev.weir.store.CollectionDefinition.Ends;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an edge type: a tuple of the parts of the key that an edge begins at, those of the
 * key it ends at, and its id if the type has one. Immutable; safe from any thread.
 *
 * <p>All methods that take an edge's key throw an {@link IllegalArgumentException} if it is none of
 * this type.
 *
 * @param ends keys of both ends
 * @param id type of the id part, or null
 */
public record EdgeKeys(Ends ends, KeyType.@Nullable Scalar id) {

  /**
   * The keys of an edge type that the fold has taken.
   *
   * @throws IllegalArgumentException if it is no edge type, or its ends are not known yet
   */
  public static EdgeKeys of(CollectionDefinition edges) {
    Edge edge = edges.edge();
    Ends ends = edge == null ? null : edge.ends();
    if (edge == null || ends == null) {
      throw new IllegalArgumentException("no edge type with known ends: " + edges.name());
    }
    return new EdgeKeys(ends, edge.id());
  }

  /** The keys of an edge type between these collections. */
  public static EdgeKeys of(
      CollectionDefinition edges, CollectionDefinition from, CollectionDefinition to) {
    Edge edge = edges.edge();
    return new EdgeKeys(new Ends(from.keyType(), to.keyType()), edge == null ? null : edge.id());
  }

  /**
   * The type of the keys.
   *
   * @throws IllegalArgumentException if they had more parts than a tuple may have
   */
  public KeyType.Tuple type() {
    List<KeyType.Scalar> parts = new ArrayList<>(TupleCodec.parts(ends.from()));
    parts.addAll(TupleCodec.parts(ends.to()));
    if (id != null) {
      parts.add(id);
    }
    return new KeyType.Tuple(parts);
  }

  /** Parts that a key has. */
  public int size() {
    return TupleCodec.parts(ends.from()).size()
        + TupleCodec.parts(ends.to()).size()
        + (id == null ? 0 : 1);
  }

  /**
   * The key of an edge.
   *
   * @param from key of the document it begins at
   * @param to key of the document it ends at
   * @param idValue as a {@link KeyCodec} takes it; ignored if the type has no id
   */
  public Key edge(Key from, Key to, @Nullable Object idValue) throws InvalidKeyException {
    byte[] start = outPrefix(from);
    byte[] end = inPrefix(to);
    if (id == null) {
      return Key.ofEncoded(joined(start, end, new byte[0]));
    }
    Object given = idValue == null ? "" : idValue;
    Key last = KeyCodec.of(new KeyType.Tuple(List.of(id))).encode(List.of(given));
    return Key.ofEncoded(joined(start, end, last.bytes()));
  }

  /** The key of the document that an edge begins at, as that document is stored and hashed. */
  public Key from(Key edge) {
    return vertex(ends.from(), edge.bytes(), 0, middle(edge, ends.from()));
  }

  /** The key of the document that an edge ends at. */
  public Key to(Key edge) {
    int middle = middle(edge, ends.from());
    return vertex(ends.to(), edge.bytes(), middle, TupleCodec.end(ends.to(), edge.bytes(), middle));
  }

  /** The id of an edge as a {@link KeyCodec} decodes it; null if the type has none. */
  public @Nullable Object id(Key edge) {
    if (id == null) {
      return null;
    }
    int last = TupleCodec.end(ends.to(), edge.bytes(), middle(edge, ends.from()));
    byte[] bytes = Arrays.copyOfRange(edge.bytes(), last, edge.bytes().length);
    List<?> values =
        (List<?>) KeyCodec.of(new KeyType.Tuple(List.of(id))).decode(Key.ofEncoded(bytes));
    return values.get(0);
  }

  /** What the keys of all edges that begin at a document, and no others, begin with. */
  public byte[] outPrefix(Key from) {
    return TupleCodec.part(ends.from(), from.bytes());
  }

  /** What the reversed keys of all edges that end at a document, and no others, begin with. */
  public byte[] inPrefix(Key to) {
    return TupleCodec.part(ends.to(), to.bytes());
  }

  /** The document whose {@link #outPrefix} or {@link #inPrefix} this is. */
  public Key vertex(GraphQuery.Side side, Key prefix) {
    KeyType end = side == GraphQuery.Side.OUT ? ends.from() : ends.to();
    return vertex(end, prefix.bytes(), 0, TupleCodec.end(end, prefix.bytes(), 0));
  }

  /** The key of an edge with its end first: end, beginning, id. */
  public Key reversed(Key edge) {
    return swapped(edge, ends.from(), ends.to());
  }

  /** The key of an edge whose {@link #reversed} key is this. */
  public Key restored(Key reversed) {
    return swapped(reversed, ends.to(), ends.from());
  }

  /** Whether a key has the parts that keys of this type have; the fold asks before it cuts one. */
  public boolean fits(Key edge) {
    try {
      return TupleCodec.end(type(), edge.bytes(), 0) == edge.bytes().length;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Key swapped(Key key, KeyType first, KeyType second) {
    byte[] bytes = key.bytes();
    int middle = middle(key, first);
    int last = TupleCodec.end(second, bytes, middle);
    return Key.ofEncoded(
        joined(
            Arrays.copyOfRange(bytes, middle, last),
            Arrays.copyOfRange(bytes, 0, middle),
            Arrays.copyOfRange(bytes, last, bytes.length)));
  }

  private static int middle(Key key, KeyType first) {
    return TupleCodec.end(first, key.bytes(), 0);
  }

  private static Key vertex(KeyType type, byte[] bytes, int start, int end) {
    byte[] part = Arrays.copyOfRange(bytes, start, end);
    return Key.ofEncoded(TupleCodec.alone(type, part));
  }

  private static byte[] joined(byte[] a, byte[] b, byte[] c) {
    byte[] all = Arrays.copyOf(a, a.length + b.length + c.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    System.arraycopy(c, 0, all, a.length + b.length, c.length);
    return all;
  }
}
