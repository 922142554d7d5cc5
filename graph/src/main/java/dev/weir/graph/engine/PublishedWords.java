package dev.weir.graph.engine;

import dev.weir.graph.Direction;
import dev.weir.graph.Published;
import dev.weir.graph.Vertex;
import dev.weir.graph.compact.AdjacencyReader;
import dev.weir.graph.compact.ChunkReader;
import dev.weir.graph.compact.ChunkWriter;
import org.jspecify.annotations.Nullable;

/** Values that neighbours see: a copy of what every vertex shows, at every shard. */
final class PublishedWords implements Published, Channel {

  private final int number;
  private final ShardPlace place;
  private final Reach reach;
  private final long[] shown;
  private @Nullable Outbox outbox;

  PublishedWords(int number, ShardPlace place, Reach reach) {
    this.number = number;
    this.place = place;
    this.reach = reach;
    this.shown = new long[place.vertices()];
  }

  static long bytes(int vertices) {
    return 8L * vertices;
  }

  @Override
  public void publish(Vertex vertex, long value) {
    if (outbox == null) {
      throw new IllegalStateException("nothing is published before the first superstep");
    }
    int at = ((ShardVertex) vertex).place();
    for (int target = 0; target < place.shards(); target++) {
      if (reach.has(at, target)) {
        outbox.to(number, target).word(at, value);
      }
    }
  }

  @Override
  public long of(int neighbour) {
    return shown[neighbour];
  }

  @Override
  public int gather(Vertex vertex, Direction direction, long[] into) {
    ShardVertex from = (ShardVertex) vertex;
    int count = 0;
    AdjacencyReader out = from.outOf(direction);
    if (out != null) {
      count = gather(out, from.place(), into, count);
    }
    AdjacencyReader in = from.inOf(direction);
    return in == null ? count : gather(in, from.place(), into, count);
  }

  private int gather(AdjacencyReader edges, int at, long[] into, int from) {
    int count = from;
    int first = edges.load(at);
    int[] targets = edges.targets();
    int end = first + edges.degree(at);
    for (int i = first; i < end; i++) {
      into[count++] = shown[targets[i]];
    }
    return count;
  }

  @Override
  public void begin(Outbox newOutbox) {
    outbox = newOutbox;
  }

  @Override
  public void clear() {
    // What is shown stays.
  }

  @Override
  public void take(int source, FrameReader frame) {
    int at = place.firsts()[source];
    while (frame.hasMore()) {
      at += (int) frame.varint();
      shown[at] = frame.signed();
    }
  }

  @Override
  public void save(ChunkWriter out) {
    for (long word : shown) {
      out.signed(word);
    }
  }

  @Override
  public void restore(ChunkReader in) {
    for (int at = 0; at < shown.length; at++) {
      shown[at] = in.signed();
    }
  }

  @Override
  public long arrived(int block) {
    return 0;
  }

  @Override
  public void end() {
    // It has been written while it was published.
  }

  @Override
  public boolean wakes() {
    return false;
  }
}
