package dev.weir.graph.engine;

import dev.weir.graph.Exchange;

/**
 * Carries frames between shards of one process: the sender's thread puts them into the receiver's
 * mailbox.
 */
public final class InMemoryExchange implements Exchange {

  private final Receiver[] receivers;

  /** An exchange between so many shards. */
  public InMemoryExchange(int shards) {
    receivers = new Receiver[shards];
  }

  @Override
  public void attach(int shard, Receiver receiver) {
    receivers[shard] = receiver;
  }

  @Override
  public void send(int source, int target, byte[] frame) {
    receivers[target].frame(frame);
  }

  @Override
  public void announce(byte[] announcement) {
    for (Receiver receiver : receivers) {
      receiver.announcement(announcement);
    }
  }

  @Override
  public void close() {
    // Nothing is held that the garbage collector would not find.
  }
}
