package dev.weir.store.search;

import dev.weir.store.filter.FieldValue;
import org.jspecify.annotations.Nullable;

/** Fields of documents one after the other. Confined to one thread; must be closed once. */
interface Findings extends AutoCloseable {

  /** The fields of the next document, by their numbers; null = there are no more. */
  @Nullable FieldValue @Nullable [] next();

  /** Where the last document was. */
  AggregatePlace place();

  /** Entries of an index that were read so far. */
  long entries();

  /** Documents that were read so far. */
  long documents();

  @Override
  void close();
}
