package dev.weir.graph.engine;

import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether and where states of a run are kept, so that it can be carried on elsewhere.
 *
 * @param keeper takes them; null = they are not kept
 * @param from where the run goes on; null = it begins
 */
public record Keeping(@Nullable Keeper keeper, @Nullable From from) {

  /** Nothing is kept. */
  public static final Keeping NONE = new Keeping(null, null);

  /** Port: takes states of shards. Called by any thread; must return soon. */
  public interface Keeper {

    /**
     * Whether all shards are to keep their states before the next superstep; asked where shard 0 is
     * computed, after each superstep of it.
     */
    boolean isDue();

    /**
     * Takes the state of a shard of this process.
     *
     * @param superstep that can be computed with it
     * @param state given away
     * @param done to be called once it takes no memory any more
     */
    void keep(int shard, int superstep, List<byte[]> state, Runnable done);
  }

  /**
   * Where a run goes on.
   *
   * @param superstep the first one that is computed
   * @param states of the shards of this process, as they were kept; taken out when they are used
   */
  public record From(int superstep, SortedMap<Integer, List<byte[]>> states) {
    public From {
      states = new ConcurrentSkipListMap<>(states);
    }
  }

  int firstSuperstep() {
    return from == null ? 0 : from.superstep();
  }
}
