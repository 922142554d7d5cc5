package dev.weir.graph.engine;

import dev.weir.graph.Column;
import dev.weir.graph.DoubleColumn;
import dev.weir.graph.LongColumn;
import dev.weir.graph.VertexProgram;
import dev.weir.graph.compact.ChunkReader;
import dev.weir.graph.compact.ChunkWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What a shard must know to compute a superstep: columns, who is awake, what has arrived, and the
 * aggregates of all supersteps before, from which a program comes to what it remembers by being
 * asked again. Confined to the thread that computes the shard.
 */
final class ShardState {

  private static final int VERSION = 1;

  private final long[] awake;
  private final VertexProgram program;
  private final List<Column> columns;
  private final List<Channel> channels;
  private final List<WordAggregate> aggregates;

  /** By superstep, those of all aggregates; stays empty where there are none. */
  private final List<long[]> wholes = new ArrayList<>();

  ShardState(long[] awake, VertexProgram program, ShardSetup setup) {
    this.awake = awake;
    this.program = program;
    this.columns = setup.columns();
    this.channels = setup.channels();
    this.aggregates = setup.aggregates();
  }

  /** Whether it can be kept: what lists have told a program is known to it alone. */
  boolean canBeKept() {
    return channels.stream().noneMatch(Channel::callsProgram);
  }

  /** The aggregates of a superstep are known. */
  void joined() {
    if (!aggregates.isEmpty()) {
      wholes.add(aggregates.stream().mapToLong(WordAggregate::whole).toArray());
    }
  }

  /** Writes it, as it is before a superstep is computed. */
  List<byte[]> save(int superstep) {
    List<byte[]> chunks = new ArrayList<>();
    ChunkWriter out = new ChunkWriter(chunks::add);
    out.number(VERSION);
    out.number(superstep);
    out.number(awake.length);
    out.longs(awake);
    out.number(wholes.size());
    wholes.forEach(out::longs);
    columns.forEach(column -> save(column, out));
    channels.forEach(channel -> channel.save(out));
    out.end();
    return chunks;
  }

  private static void save(Column column, ChunkWriter out) {
    if (column instanceof LongColumn longs) {
      for (int at = 0; at < longs.size(); at++) {
        out.signed(longs.at(at));
      }
    } else if (column instanceof DoubleColumn doubles) {
      for (int at = 0; at < doubles.size(); at++) {
        out.fixed(WordCombine.bits(doubles.at(at)));
      }
    }
  }

  /** Takes what was kept before the same superstep of the same run over the same graph. */
  void restore(int superstep, List<byte[]> state) {
    ChunkReader in = new ChunkReader(state);
    long version = in.number();
    if (version != VERSION || in.number() != superstep || in.number() != awake.length) {
      throw new IllegalStateException(
          "a kept state of version " + version + " is not that of superstep " + superstep);
    }
    in.longs(awake);
    int joined = (int) in.number();
    for (int each = 0; each < joined; each++) {
      long[] of = new long[aggregates.size()];
      in.longs(of);
      wholes.add(of);
    }
    columns.forEach(column -> restore(column, in));
    channels.forEach(channel -> channel.restore(in));
    remember(superstep);
  }

  private static void restore(Column column, ChunkReader in) {
    if (column instanceof LongColumn longs) {
      for (int at = 0; at < longs.size(); at++) {
        longs.put(at, in.signed());
      }
    } else if (column instanceof DoubleColumn doubles) {
      for (int at = 0; at < doubles.size(); at++) {
        doubles.put(at, WordCombine.number(in.fixed()));
      }
    }
  }

  /** What a program remembers it has learnt when it was asked whether it was done. */
  private void remember(int superstep) {
    for (int done = 0; done < superstep; done++) {
      for (int i = 0; i < aggregates.size(); i++) {
        aggregates.get(i).setWhole(wholes.get(done)[i]);
      }
      if (program.isDone(done)) {
        throw new IllegalStateException("the run was done after superstep " + done);
      }
    }
  }
}
