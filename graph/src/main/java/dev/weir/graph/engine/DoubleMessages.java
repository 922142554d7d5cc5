package dev.weir.graph.engine;

import dev.weir.graph.Direction;
import dev.weir.graph.DoubleChannel;
import dev.weir.graph.Vertex;

/** A channel of words as one of doubles. */
record DoubleMessages(WordChannel channel) implements DoubleChannel {

  @Override
  public boolean has(Vertex vertex) {
    return channel.has(((ShardVertex) vertex).place());
  }

  @Override
  public double get(Vertex vertex) {
    return WordCombine.number(channel.word(((ShardVertex) vertex).place()));
  }

  @Override
  public void send(int number, double value) {
    channel.send(number, WordCombine.bits(value));
  }

  @Override
  public void sendAll(Vertex from, Direction direction, double value) {
    channel.sendAll((ShardVertex) from, direction, WordCombine.bits(value));
  }

  @Override
  public void sendAllPlusWeight(Vertex from, Direction direction, double value) {
    channel.sendAllPlusWeight((ShardVertex) from, direction, value);
  }
}
