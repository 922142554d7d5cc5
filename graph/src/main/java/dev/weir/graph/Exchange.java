package dev.weir.graph;

import java.util.function.Consumer;

/**
 * Port: carries bytes between the shards of a run. What one shard sends to another one arrives
 * there once or more, complete and in the order of sending; what different shards send may arrive
 * in any order. May be called by several threads at once.
 */
public interface Exchange extends AutoCloseable {

  /** Where a shard gets what was sent to it; called by any thread, must return soon. */
  interface Receiver {

    /** A frame of messages for this shard; the array is given away. */
    void frame(byte[] frame);

    /** An announcement that every shard gets; the array is shared and must not be changed. */
    void announcement(byte[] announcement);
  }

  /** Says where a shard's frames go; once for each shard, before anything is sent. */
  void attach(int shard, Receiver receiver);

  /**
   * Sends a frame to a shard, which may be the sender itself.
   *
   * @param source the shard that sends it
   * @param frame given away
   */
  void send(int source, int target, byte[] frame);

  /** Tells every shard, the sender too; after all frames that it announces. */
  void announce(byte[] announcement);

  /**
   * Says who is told, by any thread and at most once, that something was lost on the way or that
   * another process has left: not everything will arrive any more.
   */
  default void onBroken(Consumer<String> listener) {}

  /** Tells the other processes that this one cannot go on. */
  default void abandon(String reason) {}

  /** Has this process take no part any more, as if something had been lost. */
  default void stop(String reason) {}

  @Override
  void close();
}
