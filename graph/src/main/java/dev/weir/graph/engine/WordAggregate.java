package dev.weir.graph.engine;

import dev.weir.graph.DoubleAggregate;
import dev.weir.graph.LongAggregate;

/**
 * A word over all vertices: this shard's part of the superstep that is being computed, and the
 * whole of the last one. Confined to the thread that computes the shard.
 */
final class WordAggregate {

  private final WordCombine combine;
  private long part;
  private long whole;

  WordAggregate(WordCombine combine) {
    this.combine = combine;
    this.part = combine.identity();
    this.whole = combine.identity();
  }

  void add(long word) {
    part = combine.apply(part, word);
  }

  /** This shard's part, which starts anew. */
  long takePart() {
    long taken = part;
    part = combine.identity();
    return taken;
  }

  /** A new whole begins; parts are to be joined in the order of shards. */
  void beginWhole() {
    whole = combine.identity();
  }

  /** The whole of the last superstep. */
  long whole() {
    return whole;
  }

  /** Sets the whole of a superstep that was joined elsewhere. */
  void setWhole(long newWhole) {
    whole = newWhole;
  }

  void join(long shardPart) {
    whole = combine.apply(whole, shardPart);
  }

  DoubleAggregate asDouble() {
    return new DoubleAggregate() {
      @Override
      public void add(double value) {
        WordAggregate.this.add(WordCombine.bits(value));
      }

      @Override
      public double get() {
        return WordCombine.number(whole);
      }
    };
  }

  LongAggregate asLong() {
    return new LongAggregate() {
      @Override
      public void add(long value) {
        WordAggregate.this.add(value);
      }

      @Override
      public long get() {
        return whole;
      }
    };
  }
}
