package dev.weir.graph.engine;

import dev.weir.graph.compact.ChunkReader;
import dev.weir.graph.compact.ChunkWriter;

/** One way in which a program's vertices talk; one object for each shard. */
interface Channel {

  /** What was sent from now on goes to this outbox: a superstep begins. */
  void begin(Outbox outbox);

  /** Forgets what arrived for the last superstep. */
  void clear();

  /** Whether what arrives calls the program, which may want to look at the other channels. */
  default boolean callsProgram() {
    return false;
  }

  /** Takes the entries of a frame that a shard sent. */
  void take(int source, FrameReader frame);

  /** A bit for each vertex of the block that got something and must wake up. */
  long arrived(int block);

  /** Hands everything that is still held back to the outbox: the superstep ends. */
  void end();

  /**
   * Writes what is needed to go on from the beginning of a superstep, when everything that was sent
   * has been taken. Not asked of a channel that calls the program.
   */
  void save(ChunkWriter out);

  /** Takes what {@link #save} wrote. */
  void restore(ChunkReader in);

  /** Whether messages through it keep a run going. */
  default boolean wakes() {
    return true;
  }
}
