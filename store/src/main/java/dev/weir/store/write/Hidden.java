package dev.weir.store.write;

import dev.weir.store.GraphQuery.Side;
import dev.weir.store.Version;
import org.jspecify.annotations.Nullable;

/**
 * Marks at deleted vertices that had too many edges to remove at once: everything older than a mark
 * counts as gone, until a continuation has removed it.
 */
public final class Hidden {
  private final StateMap state;

  // Only saves looking: true although there is none would do no harm.
  private boolean any;

  Hidden(StateMap state) {
    this.state = state;
    look();
  }

  /** Hides what a vertex has on a side, as of a record of this shard's log. */
  void hide(int collection, Side side, byte[] vertex, Version since) {
    state.put(StateKeys.hidden(collection, side, vertex), StateValues.version(since));
    any = true;
  }

  /** Forgets a mark if it is still this one: what it hid is removed. */
  void forget(int collection, Side side, byte[] vertex, Version since) {
    if (since.equals(mark(collection, side, vertex))) {
      state.delete(StateKeys.hidden(collection, side, vertex));
      look();
    }
  }

  /** The mark of a vertex; null = it hides nothing. */
  @Nullable Version mark(int collection, Side side, byte[] vertex) {
    byte[] stored = any ? state.get(StateKeys.hidden(collection, side, vertex)) : null;
    return stored == null ? null : StateValues.version(stored);
  }

  /** Whether a mark hides a stored edge document. */
  public static boolean hidesEdge(@Nullable Version mark, byte[] stored) {
    return mark != null && isOlder(StateValues.version(stored), mark);
  }

  /** Whether a mark hides a stored {@link InEntry}. */
  public static boolean hidesEntry(@Nullable Version mark, byte[] stored) {
    return mark != null && InEntry.arrival(stored) < mark.offset();
  }

  static boolean isOlder(Version one, Version other) {
    return one.generation() < other.generation()
        || (one.generation() == other.generation() && one.offset() < other.offset());
  }

  private void look() {
    any = !state.keys(StateKeys.hidden(), 1).isEmpty();
  }
}
