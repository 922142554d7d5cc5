package dev.weir.store.search;

import dev.weir.store.KeyRange;
import dev.weir.store.SearchQuery.Sort;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens the rows along a way. Used by one thread. */
final class RowsOpener {
  private final SearchView view;
  private final int collection;
  private final KeyRange range;

  /**
   * An opener.
   *
   * @param range the keys that are left to be asked for
   */
  RowsOpener(SearchView view, int collection, KeyRange range) {
    this.view = view;
    this.collection = collection;
    this.range = range;
  }

  /**
   * The rows as they come.
   *
   * @param order that they are asked for in
   * @param after place behind which they begin, if they come in that order; null = at the beginning
   * @param expected so many are probably wanted
   */
  Rows open(Way way, List<Sort> order, byte @Nullable [] after, int expected) {
    if (!(way instanceof Way.ByIndex byIndex)) {
      return new KeyRows(view, collection, range);
    }
    IndexChoice chosen = byIndex.chosen();
    List<Sort> left = Planner.left(order, chosen.definition().fields().subList(0, chosen.pinned()));
    boolean coming = way.ordering() == Ordering.COMING;
    byte[] behind = coming && after != null ? Resumption.entry(after, order, chosen) : null;
    EntryLayout layout = EntryLayout.of(chosen.definition());
    Entries walk =
        coming && Planner.isDescending(left)
            ? new DescendingEntries(view, layout, chosen.spans(), behind)
            : new AscendingEntries(view, layout, chosen.spans(), behind);
    return new NamedRows(view, collection, new EntryKeys(walk, layout, range), expected);
  }

  /** The rows in the order of their keys; null = there are more than {@code most} entries. */
  @Nullable Rows byKeys(Way.ByIndex way, int most, int expected) {
    EntryLayout layout = EntryLayout.of(way.chosen().definition());
    try (EntryKeys keys =
        new EntryKeys(
            new AscendingEntries(view, layout, way.chosen().spans(), null), layout, range)) {
      KeySource sorted = keys.sorted(most);
      return sorted == null ? null : new NamedRows(view, collection, sorted, expected);
    }
  }
}
