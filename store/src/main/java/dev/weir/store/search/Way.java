package dev.weir.store.search;

import dev.weir.store.KeyRange;
import dev.weir.store.SearchQuery.Access;
import dev.weir.store.SearchQuery.Plan;
import org.jspecify.annotations.Nullable;

/**
 * How documents are found.
 *
 * @param access what is walked along
 * @param index name of the index; null = none
 * @param range which keys
 * @param sorted whether they come in the order asked for
 */
record Way(Access access, @Nullable String index, KeyRange range, boolean sorted) {

  Rows open(SearchView view, int collection) {
    return new KeyRows(view, collection, range);
  }

  Plan plan(Rows rows) {
    return new Plan(access, index, rows.entries(), rows.documents(), sorted);
  }
}
