package dev.weir.store.search;

import dev.weir.store.KeyRange;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The entries of some spans with the greatest values first; entries of the same values are in the
 * order of their keys, ascending: a walk goes down from values to values, and another one goes up
 * where there are several entries of the same.
 */
final class DescendingEntries implements Entries {
  private final SearchView view;
  private final EntryLayout layout;
  private final List<Span> spans;
  private int span;
  private @Nullable StateWalk down;
  private @Nullable StateWalk up;
  private byte[] from = {};

  /**
   * A walk.
   *
   * @param spans rising and apart
   * @param behind state key behind which it begins; null = at the greatest values
   */
  DescendingEntries(
      SearchView view, EntryLayout layout, List<Span> spans, byte @Nullable [] behind) {
    this.view = view;
    this.layout = layout;
    this.spans = spans;
    this.span = spans.size();
    if (!spans.isEmpty()) {
      byte[] first = layout.stateKey(spans.get(0).from());
      down = view.walk(first, layout.stateKey(spans.get(spans.size() - 1).to()), true);
      enter();
      if (behind != null) {
        resume(down, behind);
      }
    }
  }

  /** Goes on with what has the same values as the last one, then with what is below. */
  private void resume(StateWalk walk, byte[] behind) {
    byte[] group = group(behind);
    byte[] end = Objects.requireNonNull(KeyRange.successor(group));
    byte[] start = EntryLayout.above(behind);
    if (Arrays.compareUnsigned(start, end) < 0) {
      up = view.walk(start, end, false);
    }
    below(walk, group);
  }

  private void enter() {
    span--;
    if (span >= 0) {
      from = layout.stateKey(spans.get(span).from());
    }
  }

  @Override
  public byte @Nullable [] next() {
    if (up != null) {
      if (up.valid()) {
        byte[] key = up.key();
        up.next();
        return key;
      }
      up.close();
      up = null;
    }
    StateWalk walk = down;
    while (walk != null && walk.valid() && span >= 0) {
      byte[] key = walk.key();
      if (Arrays.compareUnsigned(key, from) < 0) {
        enter();
        if (span >= 0) {
          byte[] to = layout.stateKey(spans.get(span).to());
          if (Arrays.compareUnsigned(key, to) >= 0) {
            below(walk, to);
          }
        }
        continue;
      }
      walk.next();
      byte[] group = group(key);
      return walk.valid() && startsWith(walk.key(), group) ? first(walk, group) : key;
    }
    return null;
  }

  /** The first entry of several with the same values. */
  private byte @Nullable [] first(StateWalk walk, byte[] group) {
    up = view.walk(group, Objects.requireNonNull(KeyRange.successor(group)), false);
    below(walk, group);
    return next();
  }

  private static void below(StateWalk walk, byte[] group) {
    walk.seek(group);
    skip(walk, group);
  }

  /** A seek also finds what it seeks, and that is not below it. */
  private static void skip(StateWalk walk, byte[] end) {
    if (walk.valid() && Arrays.compareUnsigned(walk.key(), end) >= 0) {
      walk.next();
    }
  }

  private byte[] group(byte[] stateKey) {
    return Arrays.copyOf(stateKey, layout.keyAt(stateKey));
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  @Override
  public void close() {
    if (up != null) {
      up.close();
    }
    if (down != null) {
      down.close();
    }
  }
}
