package dev.weir.store.read;

import dev.weir.store.EdgeKeys;
import dev.weir.store.GraphQuery.Link;
import dev.weir.store.GraphQuery.Neighbours;
import dev.weir.store.GraphQuery.Side;
import dev.weir.store.Key;
import dev.weir.store.LazyLinks;
import dev.weir.store.Version;
import dev.weir.store.write.EdgeTypes.EdgeType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * All links of a vertex in one array, without their values: their number, where each ends, and of
 * each version, time and the bytes of its key behind the vertex.
 */
final class PackedLinks extends LazyLinks {
  private static final byte[] NOTHING = {};
  private static final int FIXED = Integer.BYTES + Long.BYTES + Long.BYTES;

  private final EdgeKeys keys;
  private final Side side;
  private final byte[] vertex;
  private final byte[] bytes;
  private final ByteBuffer packed;
  private final int size;

  private PackedLinks(EdgeKeys keys, Side side, byte[] vertex, byte[] bytes, int limit) {
    this.keys = keys;
    this.side = side;
    this.vertex = vertex;
    this.bytes = bytes;
    this.packed = ByteBuffer.wrap(bytes);
    this.size = Math.min(limit, packed.getInt(0));
  }

  static byte[] pack(EdgeType type, Side side, byte[] vertex, List<Link> links) {
    int head = Integer.BYTES * (1 + links.size());
    int bytes = head;
    for (Link link : links) {
      // A reversed key is as long as the key.
      bytes += FIXED + link.edge().bytes().length - vertex.length;
    }
    ByteBuffer out = ByteBuffer.allocate(bytes);
    out.putInt(links.size());
    out.position(head);
    for (int i = 0; i < links.size(); i++) {
      Link link = links.get(i);
      Key key = side == Side.OUT ? link.edge() : type.keys().reversed(link.edge());
      out.putInt(link.version().generation());
      out.putLong(link.version().offset());
      out.putLong(link.timestamp());
      out.put(key.bytes(), vertex.length, key.bytes().length - vertex.length);
      out.putInt(Integer.BYTES * (1 + i), out.position());
    }
    return out.array();
  }

  static Neighbours unpack(EdgeType type, Side side, byte[] vertex, byte[] packed, int limit) {
    PackedLinks links = new PackedLinks(type.keys(), side, vertex, packed, limit);
    return new Neighbours(links, links.size < links.packed.getInt(0));
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Key other(int index) {
    Side other = side == Side.OUT ? Side.IN : Side.OUT;
    return keys.end(other, bytes, start(index) + FIXED);
  }

  @Override
  public Link get(int index) {
    int start = start(index);
    int end = packed.getInt(Integer.BYTES * (1 + index));
    int rest = end - start - FIXED;
    byte[] whole = Arrays.copyOf(vertex, vertex.length + rest);
    packed.get(start + FIXED, whole, vertex.length, rest);
    Key key = Key.ofEncoded(whole);
    return new Link(
        other(index),
        side == Side.OUT ? key : keys.restored(key),
        new Version(packed.getInt(start), packed.getLong(start + Integer.BYTES)),
        packed.getLong(start + Integer.BYTES + Long.BYTES),
        NOTHING);
  }

  /** Where a link begins: where the one before it ends. */
  private int start(int index) {
    Objects.checkIndex(index, size);
    return index == 0
        ? Integer.BYTES * (1 + packed.getInt(0))
        : packed.getInt(Integer.BYTES * index);
  }
}
