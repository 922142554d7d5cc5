package dev.weir.graph.engine;

import dev.weir.graph.Exchange;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The barrier: collects what shards send until a superstep is complete, then hands it over. A shard
 * can be one superstep behind another one, never two, because the other one needs its announcement.
 * Safe from any thread.
 */
final class Mailbox implements Exchange.Receiver {

  private final int shard;
  private final int shards;
  private final MemoryBudget.Share budget;
  private final Consumer<Arrivals> whenComplete;

  /** The superstep that is being collected; guarded by this. */
  private int superstep;

  /** Of that superstep; guarded by this. */
  private Arrivals current;

  /** Of the one after it; guarded by this. */
  private Arrivals next;

  /**
   * A mailbox.
   *
   * @param first the superstep that it collects first
   * @param budget books what is held; who takes what is complete gives it back
   * @param whenComplete called once for each superstep, in order; by the thread that brought the
   *     last piece, which holds no lock
   */
  Mailbox(
      int shard,
      int shards,
      int first,
      MemoryBudget.Share budget,
      Consumer<Arrivals> whenComplete) {
    this.superstep = first;
    this.shard = shard;
    this.shards = shards;
    this.budget = budget;
    this.whenComplete = whenComplete;
    this.current = new Arrivals(shard, shards);
    this.next = new Arrivals(shard, shards);
  }

  @Override
  public void frame(byte[] frame) {
    FrameHeader header = FrameHeader.read(new FrameReader(frame));
    Arrivals done = null;
    synchronized (this) {
      if (header.superstep() >= superstep) {
        Arrivals arrivals = of(header.superstep());
        if (arrivals.isNew(header)) {
          budget.reserve(frame.length, "messages of superstep " + header.superstep());
          arrivals.frame(header, frame);
        }
        done = takeIfComplete();
      }
    }
    if (done != null) {
      whenComplete.accept(done);
    }
  }

  @Override
  public void announcement(byte[] bytes) {
    Announcement announcement = Announcement.read(bytes);
    Arrivals done = null;
    synchronized (this) {
      if (announcement.superstep() >= superstep) {
        of(announcement.superstep()).announcement(announcement);
        done = takeIfComplete();
      }
    }
    if (done != null) {
      whenComplete.accept(done);
    }
  }

  private Arrivals of(int sent) {
    if (sent > superstep + 1) {
      throw new IllegalStateException(
          "superstep " + sent + " while shard " + shard + " collects " + superstep);
    }
    return sent == superstep ? current : next;
  }

  private @Nullable Arrivals takeIfComplete() {
    if (!current.isComplete()) {
      return null;
    }
    Arrivals done = current;
    current = next;
    next = new Arrivals(shard, shards);
    superstep++;
    return done;
  }
}
