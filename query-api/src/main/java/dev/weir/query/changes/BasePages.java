package dev.weir.query.changes;

import dev.weir.store.ChangeQuery.Change;
import dev.weir.store.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * At which positions the documents of a shard's base were read, page by page, so that a change that
 * was among them is not told again. Guarded by its owner.
 */
final class BasePages {
  private final List<Page> pages = new ArrayList<>(1);

  /**
   * Up to a key, documents were read at a position.
   *
   * @param last the highest key; null = the range's end
   */
  private record Page(byte @Nullable [] last, long offset) {}

  /** Documents up to a key were read; positions do not go back. */
  void add(@Nullable Key last, long offset) {
    pages.add(new Page(last == null ? null : last.bytes(), offset));
  }

  /** Whether what a change made was among the documents. */
  boolean know(Change change) {
    for (Page page : pages) {
      if (page.last == null || Arrays.compareUnsigned(change.key().bytes(), page.last) <= 0) {
        return change.version().offset() <= page.offset;
      }
    }
    return false;
  }

  /** Forgets everything once no later change can be among it. */
  void passed(long offset) {
    if (!pages.isEmpty() && offset > pages.get(pages.size() - 1).offset) {
      pages.clear();
    }
  }
}
