package dev.weir.graph.engine;

import dev.weir.graph.Column;
import dev.weir.graph.VertexProgram;
import dev.weir.graph.engine.Announcement.Stop;
import dev.weir.graph.engine.Announcement.Tally;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * One shard of a run: takes what arrived, computes its vertices, sends. Used by one thread at a
 * time; the mailbox's lock orders one superstep before the next.
 */
final class ShardTask {

  /** How many blocks of 64 vertices are computed between two looks at whether to stop. */
  private static final int BLOCKS_PER_LOOK = 64;

  private final ShardPlace place;
  private final ShardVertex vertex;
  private final long[] awake;
  private final VertexProgram program;
  private final Channel[] channels;
  private final List<WordAggregate> aggregates;
  private final ShardState state;

  ShardTask(
      ShardPlace place, ShardVertex vertex, long[] awake, VertexProgram program, ShardSetup setup) {
    this.place = place;
    this.vertex = vertex;
    this.awake = awake;
    this.program = program;
    this.channels = setup.channels().toArray(Channel[]::new);
    this.aggregates = setup.aggregates();
    this.state = new ShardState(awake, program, setup);
  }

  /** A bit for each vertex of a shard, all awake. */
  static long[] allAwake(int size) {
    long[] bits = new long[(size >>> 6) + 1];
    for (int at = 0; at < size; at++) {
      bits[at >>> 6] |= 1L << at;
    }
    return bits;
  }

  /** Joins the aggregates of the last superstep, in the order of shards. */
  void join(List<Announcement> announcements) {
    for (int i = 0; i < aggregates.size(); i++) {
      WordAggregate aggregate = aggregates.get(i);
      aggregate.beginWhole();
      for (Announcement announcement : announcements) {
        aggregate.join(announcement.aggregates()[i]);
      }
    }
    state.joined();
  }

  ShardState state() {
    return state;
  }

  boolean isDone(int superstep) {
    return program.isDone(superstep);
  }

  Column result() {
    return program.result();
  }

  List<String> warnings() {
    return program.warnings();
  }

  int channels() {
    return channels.length;
  }

  /** Opens the channels for what the program sends in the superstep that begins. */
  void begin(Outbox outbox) {
    for (Channel channel : channels) {
      channel.clear();
      channel.begin(outbox);
    }
  }

  /**
   * Takes what was sent to this shard, by source: sums of doubles come out the same in every run.
   * Lists come last, because they call the program.
   */
  void take(Arrivals arrivals) {
    for (boolean calling : new boolean[] {false, true}) {
      for (int source = 0; source < place.shards(); source++) {
        for (byte[] frame : arrivals.framesOf(source)) {
          FrameReader reader = new FrameReader(frame);
          Channel channel = channels[FrameHeader.read(reader).channel()];
          if (channel.callsProgram() == calling) {
            channel.take(source, reader);
          }
        }
      }
    }
  }

  /**
   * Computes every vertex that is awake or got something.
   *
   * @return how many
   */
  long compute(int superstep, BooleanSupplier stopping) {
    long computed = 0;
    for (int block = 0; block < awake.length; block++) {
      if (block % BLOCKS_PER_LOOK == 0 && stopping.getAsBoolean()) {
        return computed;
      }
      long bits = awake[block];
      for (Channel channel : channels) {
        bits |= channel.arrived(block);
      }
      awake[block] = bits;
      while (bits != 0) {
        vertex.moveTo((block << 6) + Long.numberOfTrailingZeros(bits));
        bits &= bits - 1;
        program.compute(vertex, superstep);
        computed++;
      }
    }
    return computed;
  }

  /** Sends everything that is still held back. */
  void end(Outbox outbox) {
    for (Channel channel : channels) {
      channel.end();
    }
    outbox.flush();
  }

  /**
   * How a superstep ended here.
   *
   * @param keep whether all are to keep their states
   */
  record Ending(Stop stop, String reason, boolean keep) {}

  /** What is to be told to all shards. */
  Announcement announcement(int superstep, long computed, Outbox outbox, Ending ending) {
    long stillAwake = 0;
    for (long bits : awake) {
      stillAwake += Long.bitCount(bits);
    }
    long waking = 0;
    long messages = 0;
    for (int i = 0; i < channels.length; i++) {
      long entries = outbox.entries(i);
      messages += entries;
      waking += channels[i].wakes() ? entries : 0;
    }
    long[] parts = aggregates.stream().mapToLong(WordAggregate::takePart).toArray();
    Tally tally = new Tally(computed, stillAwake, waking, messages, outbox.bytes());
    return new Announcement(
        superstep,
        place.shard(),
        outbox.frames(),
        parts,
        tally,
        ending.stop(),
        ending.reason(),
        ending.keep());
  }
}
