package dev.weir.query.peer;

import dev.weir.store.GraphQuery.Link;
import dev.weir.store.GraphQuery.Neighbours;
import dev.weir.store.GraphQuery.Visited;
import dev.weir.store.Key;
import dev.weir.store.Version;
import java.util.List;

/** Edges and what was found at vertices, as fields of a frame. */
final class GraphAnswerCodec {
  private static final int AROUND_A_LINK = 24;

  private GraphAnswerCodec() {}

  /**
   * Writes the edges of vertices.
   *
   * @param bytes size at which all further ones are left out, and the vertices say that there are
   *     more; at least one of each vertex is written
   */
  static void writeNeighbours(List<?> all, int bytes, FrameWriter out) {
    out.writeNumber(all.size());
    long left = bytes;
    for (Object each : all) {
      left = write((Neighbours) each, left, out);
    }
  }

  static List<Neighbours> readNeighbours(FrameReader in) throws MalformedFrameException {
    return in.readList(GraphAnswerCodec::readEach);
  }

  /** Writes what was found at vertices; {@code bytes} as in {@link #writeNeighbours}. */
  static void writeVisited(List<?> all, int bytes, FrameWriter out) {
    out.writeNumber(all.size());
    long left = bytes;
    for (Object each : all) {
      Visited visited = (Visited) each;
      out.writeBoolean(visited.matches());
      AnswerCodec.writeOptional(visited.document(), out);
      out.writeNumber(visited.along().size());
      for (Neighbours neighbours : visited.along()) {
        left = write(neighbours, left, out);
      }
    }
  }

  /**
   * Reads what was found at vertices.
   *
   * @param along how many kinds of edges were asked for
   */
  static List<Visited> readVisited(int along, FrameReader in) throws MalformedFrameException {
    return in.readList(each -> readVisit(along, each));
  }

  private static Visited readVisit(int along, FrameReader in) throws MalformedFrameException {
    Visited visited =
        new Visited(in.readBoolean(), AnswerCodec.readOptional(in), readNeighbours(in));
    if (visited.along().size() != (visited.matches() ? along : 0)) {
      throw new MalformedFrameException("another number of answers than of kinds of edges");
    }
    return visited;
  }

  private static long write(Neighbours neighbours, long bytes, FrameWriter out) {
    long left = bytes;
    int count = 0;
    for (Link link : neighbours.links()) {
      left -= size(link);
      if (left < 0 && count > 0) {
        break;
      }
      count++;
    }
    out.writeNumber(count);
    neighbours.links().subList(0, count).forEach(link -> write(link, out));
    out.writeBoolean(neighbours.more() || count < neighbours.links().size());
    return left;
  }

  private static long size(Link link) {
    return (long) AROUND_A_LINK
        + link.other().bytes().length
        + link.edge().bytes().length
        + link.value().length;
  }

  private static void write(Link link, FrameWriter out) {
    out.writeBytes(link.other().bytes());
    out.writeBytes(link.edge().bytes());
    out.writeNumber(link.version().generation());
    out.writeNumber(link.version().offset());
    out.writeNumber(link.timestamp());
    out.writeBytes(link.value());
  }

  private static Neighbours readEach(FrameReader in) throws MalformedFrameException {
    return new Neighbours(in.readList(GraphAnswerCodec::readLink), in.readBoolean());
  }

  private static Link readLink(FrameReader in) throws MalformedFrameException {
    Key other = Key.ofEncoded(in.readBytes());
    Key edge = Key.ofEncoded(in.readBytes());
    Version version = new Version(in.readInt(), in.readNumber());
    return new Link(other, edge, version, in.readNumber(), in.readBytes());
  }
}
