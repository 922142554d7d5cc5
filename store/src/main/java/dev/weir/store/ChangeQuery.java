package dev.weir.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question of somebody who follows a collection: first what is there at a position, then what has
 * changed since.
 *
 * @param <R> what one shard answers
 */
public sealed interface ChangeQuery<R> extends Query<R> {

  /** The shard that is asked; positions are of its log. */
  int shard();

  /**
   * The documents of a range, in key order, as they stand at one position exactly.
   *
   * @param collection id of the collection
   * @param shard the shard that is asked
   * @param range which keys
   * @param limit most documents, at least 1
   */
  record Base(int collection, int shard, KeyRange range, int limit) implements ChangeQuery<Based> {
    public Base {
      if (limit < 1) {
        throw new IllegalArgumentException("a page holds at least 1 document, not " + limit);
      }
    }
  }

  /**
   * What {@link Base} found.
   *
   * @param documents in key order
   * @param more whether the range holds further documents behind the last one
   * @param offset position of all of them
   * @param kept offset from which on no change is missing; -1 = the collection keeps none
   */
  record Based(List<Document> documents, boolean more, long offset, long kept) {
    public Based {
      documents = List.copyOf(documents);
    }
  }

  /**
   * The changes of a collection in one shard from an offset on, oldest first.
   *
   * @param collection id of the collection
   * @param shard the shard that is asked
   * @param from offset of the first record whose changes are wanted, not negative
   * @param limit after so many changes, at least 1, the answer ends with a whole record
   */
  record Since(int collection, int shard, long from, int limit) implements ChangeQuery<Changed> {
    public Since {
      if (limit < 1 || from < 0) {
        throw new IllegalArgumentException("limit " + limit + ", from " + from);
      }
    }
  }

  /**
   * What {@link Since} found.
   *
   * @param changes oldest first; those of a record are never parted
   * @param next offset from which on to ask for more; everything before it is in the answer
   * @param more whether there were further changes already
   * @param kept offset from which on no change is missing; if it is above what was asked for, some
   *     are, and the answer is empty; -1 = the collection keeps none
   */
  record Changed(List<Change> changes, long next, boolean more, long kept) {
    public Changed {
      changes = List.copyOf(changes);
    }
  }

  /**
   * A change of a document.
   *
   * @param key of the document
   * @param version that the document has from then on, or, if it was removed, of its removal
   * @param timestamp of the event, milliseconds since the epoch
   * @param value from then on, shared, do not modify; null = it was removed
   */
  record Change(Key key, Version version, long timestamp, byte @Nullable [] value) {}
}
