package dev.weir.graph.engine;

import dev.weir.graph.ListChannel;
import dev.weir.graph.Vertex;
import dev.weir.graph.compact.ChunkReader;
import dev.weir.graph.compact.ChunkWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Lists from one vertex to several; read out of the frames one at a time, never held. */
final class ListInbox implements ListChannel, Channel {

  private static final int FIRST = 64;

  private final int number;
  private final ShardPlace place;
  private final ShardVertex vertex;
  private final Receiver receiver;
  private final long[] arrived;
  private int[] addressees = new int[FIRST];
  private long[] list = new long[FIRST];
  private @Nullable Outbox outbox;

  ListInbox(int number, ShardPlace place, ShardVertex vertex, Receiver receiver) {
    this.number = number;
    this.place = place;
    this.vertex = vertex;
    this.receiver = receiver;
    this.arrived = new long[(place.size() >>> 6) + 1];
  }

  @Override
  public void send(Vertex from, int[] to, long[] items, int length) {
    if (outbox == null) {
      throw new IllegalStateException("nothing is sent before the first superstep");
    }
    int[] firsts = place.firsts();
    int start = 0;
    for (int target = 0; target < place.shards() && start < length; target++) {
      int end = start;
      while (end < length && to[end] < firsts[target + 1]) {
        end++;
      }
      if (end > start) {
        outbox
            .to(number, target)
            .list(from.number(), firsts[target], to, start, end, items, length);
        start = end;
      }
    }
  }

  @Override
  public void begin(Outbox newOutbox) {
    outbox = newOutbox;
  }

  @Override
  public void clear() {
    Arrays.fill(arrived, 0);
  }

  @Override
  public boolean callsProgram() {
    return true;
  }

  @Override
  public void take(int source, FrameReader frame) {
    while (frame.hasMore()) {
      int sender = (int) frame.varint();
      int count = addressees(frame);
      int length = list(frame);
      for (int i = 0; i < count; i++) {
        int at = addressees[i];
        arrived[at >>> 6] |= 1L << at;
        vertex.moveTo(at);
        receiver.receive(vertex, sender, list, length);
      }
    }
  }

  private int addressees(FrameReader frame) {
    int count = (int) frame.varint();
    if (count > addressees.length) {
      addressees = new int[Math.max(count, addressees.length * 2)];
    }
    int at = 0;
    for (int i = 0; i < count; i++) {
      at += (int) frame.varint();
      addressees[i] = at;
    }
    return count;
  }

  private int list(FrameReader frame) {
    int length = (int) frame.varint();
    if (length > list.length) {
      list = new long[Math.max(length, list.length * 2)];
    }
    long last = 0;
    for (int i = 0; i < length; i++) {
      last += frame.signed();
      list[i] = last;
    }
    return length;
  }

  @Override
  public void save(ChunkWriter out) {
    throw new IllegalStateException("what lists have made of a program is not known");
  }

  @Override
  public void restore(ChunkReader in) {
    throw new IllegalStateException("lists are not kept");
  }

  @Override
  public long arrived(int block) {
    return arrived[block];
  }

  @Override
  public void end() {
    // It has been written while it was sent.
  }
}
