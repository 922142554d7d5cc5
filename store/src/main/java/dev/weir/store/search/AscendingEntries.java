package dev.weir.store.search;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The entries of some spans as they lie. */
final class AscendingEntries implements Entries {
  private final EntryLayout layout;
  private final List<Span> spans;
  private final @Nullable StateWalk walk;
  private int span;

  /**
   * A walk.
   *
   * @param spans rising and apart
   * @param behind state key behind which it begins; null = at the beginning
   */
  AscendingEntries(
      SearchView view, EntryLayout layout, List<Span> spans, byte @Nullable [] behind) {
    this.layout = layout;
    this.spans = spans;
    if (spans.isEmpty()) {
      walk = null;
      return;
    }
    byte[] from = layout.stateKey(spans.get(0).from());
    byte[] to = layout.stateKey(spans.get(spans.size() - 1).to());
    if (behind != null && Arrays.compareUnsigned(behind, from) >= 0) {
      from = EntryLayout.above(behind);
    }
    walk = Arrays.compareUnsigned(from, to) < 0 ? view.walk(from, to, false) : null;
  }

  @Override
  public byte @Nullable [] next() {
    while (walk != null && walk.valid() && span < spans.size()) {
      byte[] key = walk.key();
      if (Arrays.compareUnsigned(key, layout.stateKey(spans.get(span).to())) < 0) {
        walk.next();
        return key;
      }
      span++;
      if (span < spans.size()) {
        byte[] from = layout.stateKey(spans.get(span).from());
        if (Arrays.compareUnsigned(key, from) < 0) {
          walk.seek(from);
        }
      }
    }
    return null;
  }

  @Override
  public void close() {
    if (walk != null) {
      walk.close();
    }
  }
}
