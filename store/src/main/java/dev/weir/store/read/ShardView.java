package dev.weir.store.read;

import dev.weir.store.Catalogue;
import dev.weir.store.Position;
import dev.weir.store.search.StateWalk;
import dev.weir.store.write.EdgeTypes;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A shard's applied state as readers see it. Safe from many threads while its {@link OpenShard} is
 * acquired.
 */
public interface ShardView {

  /** The value of a state key, or null. */
  byte @Nullable [] get(byte[] stateKey);

  /** The values of several state keys in their order, null where there is none. */
  List<byte @Nullable []> multiGet(List<byte[]> stateKeys);

  /**
   * A walk over the entries of a consistent view.
   *
   * @param from first state key, inclusive
   * @param to end, exclusive
   * @param descending from the end to the beginning
   */
  Walk walk(byte[] from, byte[] to, boolean descending);

  /** The state as it is at this moment, whatever is folded afterwards. */
  default Still still() {
    throw new UnsupportedOperationException("a state that cannot be held still");
  }

  /**
   * A walk with many {@link Walk#seek}s, whose surroundings are worth keeping in memory.
   *
   * @param from first state key, inclusive
   * @param to end, exclusive
   */
  Walk visit(byte[] from, byte[] to);

  /** Neighbourhoods kept in memory; null = none are. */
  default @Nullable NeighbourCache neighbours() {
    return null;
  }

  /** The definitions in the state. */
  Catalogue catalogue();

  /** The edge types of the definitions. */
  EdgeTypes edges();

  /** Whether the definitions have a collection of this id. */
  boolean knows(int collection);

  /** The state holds at least everything up to here. */
  Position applied();

  /**
   * The state holds at most everything up to here: what an answer read before this call may claim
   * to have seen, so that whoever comes back with it never sees less.
   */
  Position reached();

  /**
   * Makes a copy of the state on disk as it is now, with its position in it.
   *
   * @param target directory that must not exist, but its parent must
   */
  void checkpoint(Path target);

  /** Estimated bytes on disk. */
  long sizeBytes();

  /** A state that does not change. Confined to one thread; must be closed once. */
  interface Still extends AutoCloseable {

    /** How far it has got, exactly. */
    Position position();

    /** A walk over its entries from a state key to before another one, ascending. */
    Walk walk(byte[] from, byte[] to);

    /**
     * A walk whose surroundings are worth keeping in memory.
     *
     * @param from first state key, inclusive
     * @param to end, exclusive
     * @param descending from the end to the beginning
     */
    Walk visit(byte[] from, byte[] to, boolean descending);

    /** The values of several state keys in their order, null where there is none. */
    List<byte @Nullable []> multiGet(List<byte[]> stateKeys);

    @Override
    void close();
  }

  /** A position in an ordered set of entries. Confined to one thread; must be closed once. */
  interface Walk extends StateWalk {}
}
