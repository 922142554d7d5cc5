package dev.weir.store.search;

import dev.weir.store.KeyRange;
import dev.weir.store.SearchQuery.Access;
import dev.weir.store.SearchQuery.Plan;
import org.jspecify.annotations.Nullable;

/** How a shard finds documents. */
sealed interface Way {

  /** What is walked along. */
  Access access();

  /** How rows get into the order asked for. */
  Ordering ordering();

  /** Name of the index; null = none. */
  @Nullable String index();

  /** How they were found, once they are. */
  default Plan plan(long entries, long documents) {
    return new Plan(access(), index(), entries, documents, ordering() == Ordering.COMING);
  }

  /** Along the keys. */
  record ByKey(Access access, KeyRange range, Ordering ordering) implements Way {
    @Override
    public @Nullable String index() {
      return null;
    }
  }

  /**
   * Along an index.
   *
   * @param chosen the index, and what of it
   * @param range which keys
   */
  record ByIndex(Access access, IndexChoice chosen, KeyRange range, Ordering ordering)
      implements Way {
    @Override
    public String index() {
      return chosen.definition().name();
    }
  }
}
