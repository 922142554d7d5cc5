package dev.weir.graph.engine;

import dev.weir.graph.Direction;
import dev.weir.graph.LongChannel;
import dev.weir.graph.Vertex;

/** A channel of words as one of longs. */
record LongMessages(WordChannel channel) implements LongChannel {

  @Override
  public boolean has(Vertex vertex) {
    return channel.has(((ShardVertex) vertex).place());
  }

  @Override
  public long get(Vertex vertex) {
    return channel.word(((ShardVertex) vertex).place());
  }

  @Override
  public void send(int number, long value) {
    channel.send(number, value);
  }

  @Override
  public void sendAll(Vertex from, Direction direction, long value) {
    channel.sendAll((ShardVertex) from, direction, value);
  }
}
