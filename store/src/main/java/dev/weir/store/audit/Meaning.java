package dev.weir.store.audit;

import dev.weir.store.Key;
import org.jspecify.annotations.Nullable;

/** What a record of a source must have come to. */
public sealed interface Meaning {

  /**
   * A shard has taken it.
   *
   * @param shardKey decides which one
   * @param row key of the row, if the document's key is tracked; null = it is not
   * @param key of the document; null = the row has none
   * @param stored mark of the document as it must be; null = it is removed
   * @param filtered whether it was removed because the record fails the filter
   * @param maybe whether the record also lies among the dead letters, so that it may not have been
   *     taken
   */
  record Taken(
      byte[] shardKey,
      @Nullable Key row,
      @Nullable Key key,
      @Nullable Long stored,
      boolean filtered,
      boolean maybe)
      implements Meaning {}

  /** It lies among the dead letters. */
  record Kept() implements Meaning {}

  /** It means nothing, by a rule of the mapping. */
  record Skipped() implements Meaning {}

  /**
   * It cannot be taken, and it is not known to lie among the dead letters.
   *
   * @param why it cannot be taken
   */
  record Unkept(String why) implements Meaning {}
}
