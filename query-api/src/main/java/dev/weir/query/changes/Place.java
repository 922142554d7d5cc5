package dev.weir.query.changes;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far somebody has followed a collection, in each of the shards concerned.
 *
 * @param generation of the log
 * @param logId first characters of the log's id, as in {@link dev.weir.query.PositionToken}
 * @param marks by shard
 */
public record Place(int generation, String logId, SortedMap<Integer, Mark> marks) {
  public Place {
    marks = Collections.unmodifiableSortedMap(new TreeMap<>(marks));
  }

  /**
   * A place in the log of a shard.
   *
   * @param offset all changes of earlier records are behind it
   * @param number so many changes of the record at the offset are behind it too
   */
  public record Mark(long offset, int number) {

    /** Whether a change lies behind this place. */
    boolean isPast(long changeOffset, int changeNumber) {
      return changeOffset < offset || (changeOffset == offset && changeNumber < number);
    }
  }
}
