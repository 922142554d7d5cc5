package dev.weir.store.read;

import dev.weir.store.GraphQuery.Link;
import dev.weir.store.GraphQuery.Neighbours;
import dev.weir.store.GraphQuery.Side;
import dev.weir.store.Key;
import dev.weir.store.Version;
import dev.weir.store.write.EdgeTypes.EdgeType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All links of a vertex in one array, without their values: of each the bytes of its key behind the
 * vertex, their number in front, version and time.
 */
final class PackedLinks {
  private static final byte[] NOTHING = {};
  private static final int FIXED = 4 + 4 + 8 + 8;

  private PackedLinks() {}

  static byte[] pack(EdgeType type, Side side, byte[] vertex, List<Link> links) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(links.size() * 48);
    for (Link link : links) {
      Key key = side == Side.OUT ? link.edge() : type.keys().reversed(link.edge());
      int rest = key.bytes().length - vertex.length;
      ByteBuffer head = ByteBuffer.allocate(FIXED);
      head.putInt(rest);
      head.putInt(link.version().generation());
      head.putLong(link.version().offset());
      head.putLong(link.timestamp());
      out.writeBytes(head.array());
      out.write(key.bytes(), vertex.length, rest);
    }
    return out.toByteArray();
  }

  static Neighbours unpack(EdgeType type, Side side, byte[] vertex, byte[] packed, int limit) {
    List<Link> links = new ArrayList<>(Math.min(limit, packed.length / FIXED));
    ByteBuffer in = ByteBuffer.wrap(packed);
    while (in.hasRemaining()) {
      if (links.size() == limit) {
        return new Neighbours(links, true);
      }
      int rest = in.getInt();
      Version version = new Version(in.getInt(), in.getLong());
      long timestamp = in.getLong();
      byte[] bytes = Arrays.copyOf(vertex, vertex.length + rest);
      in.get(bytes, vertex.length, rest);
      Key key = Key.ofEncoded(bytes);
      Key edge = side == Side.OUT ? key : type.keys().restored(key);
      Key other = side == Side.OUT ? type.keys().to(edge) : type.keys().from(edge);
      links.add(new Link(other, edge, version, timestamp, NOTHING));
    }
    return new Neighbours(links, false);
  }
}
