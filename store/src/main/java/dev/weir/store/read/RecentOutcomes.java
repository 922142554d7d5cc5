package dev.weir.store.read;

import dev.weir.store.Outcome;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What the folds of this node have lately decided about commands that nobody waits for here. A node
 * that loses a shard while its commands are on their way is not told by its own fold what became of
 * them, and asks whoever has folded them instead.
 *
 * <p>Kept in memory only, for the newest commands of each shard: they are asked for at once or
 * never. An active keeps nothing in quiet times, since somebody waits here for whatever it decides.
 * Safe from any thread.
 */
public final class RecentOutcomes {
  /** Decided changes that a node remembers, over all shards. */
  private static final int MOST = 65_536;

  private static final int MOST_PER_SHARD = 4096;
  private static final int LEAST_PER_SHARD = 256;

  private final AtomicReferenceArray<@Nullable Newest> shards;
  private final int perShard;

  /**
   * Nothing is known yet.
   *
   * @param shards number of shards of the application, at least 1
   */
  public RecentOutcomes(int shards) {
    this.shards = new AtomicReferenceArray<>(shards);
    this.perShard = Math.max(LEAST_PER_SHARD, Math.min(MOST_PER_SHARD, MOST / shards));
  }

  /** A command was decided; of one shard they come in the order of its log. */
  public void add(int shard, long offset, Outcome outcome) {
    Newest newest = shards.get(shard);
    if (newest == null) {
      newest = new Newest(perShard);
      Newest other = shards.compareAndExchange(shard, null, newest);
      newest = other == null ? newest : other;
    }
    newest.add(new Decided(offset, outcome));
  }

  /** What was decided about the command at an offset; empty = it is not known here any more. */
  public Optional<Outcome> of(int shard, long offset) {
    Newest newest = shards.get(shard);
    return newest == null ? Optional.empty() : newest.find(offset);
  }

  private record Decided(long offset, Outcome outcome) {

    int weight() {
      Outcome bare = outcome instanceof Outcome.Repeated repeated ? repeated.kept() : outcome;
      return bare instanceof Outcome.Batched batch ? batch.outcomes().size() : 1;
    }
  }

  /** Of one shard. */
  private static final class Newest {
    private final int most;
    private final ArrayDeque<Decided> decided = new ArrayDeque<>(); // under "this"
    private int weight; // under "this"

    Newest(int most) {
      this.most = most;
    }

    synchronized void add(Decided next) {
      decided.addLast(next);
      weight += next.weight();
      while (weight > most && decided.size() > 1) {
        weight -= decided.removeFirst().weight();
      }
    }

    synchronized Optional<Outcome> find(long offset) {
      for (Iterator<Decided> all = decided.descendingIterator(); all.hasNext(); ) {
        Decided each = all.next();
        if (each.offset == offset) {
          return Optional.of(each.outcome);
        }
      }
      return Optional.empty();
    }
  }
}
