package dev.weir.store;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * A question of somebody who compares what a shard holds with what sources say.
 *
 * @param <R> what the shard answers
 */
public sealed interface AuditQuery<R> extends Query<R> {

  /** Into so many buckets documents are divided by their keys. */
  int BUCKETS = 1024;

  /** The shard that is asked. */
  int shard();

  /**
   * The documents of a collection behind a key, counted and added up by buckets.
   *
   * @param collection id of the collection
   * @param shard the shard that is asked
   * @param after what was counted before; null = nothing
   * @param named buckets whose documents are named one by one; may be empty
   * @param limit most documents, at least 1; the page may end earlier if they are large
   */
  record Documents(
      int collection, int shard, @Nullable Key after, SortedSet<Integer> named, int limit)
      implements AuditQuery<Counted> {
    public Documents {
      if (limit < 1) {
        throw new IllegalArgumentException("a page holds at least 1 document, not " + limit);
      }
      if (!named.isEmpty() && (named.first() < 0 || named.last() >= BUCKETS)) {
        throw new IllegalArgumentException("there are " + BUCKETS + " buckets: " + named);
      }
      named = new TreeSet<>(named);
    }
  }

  /**
   * What a page of {@link Documents} found. Sums of pages are the sums of what they hold, wherever
   * they end.
   *
   * @param documents how many it counted
   * @param sums of the marks of each bucket's documents
   * @param marks documents of the buckets that were named, in key order
   * @param next what the next page begins behind; null = this was the last one
   */
  record Counted(long documents, List<Long> sums, List<Mark> marks, @Nullable Key next) {
    public Counted {
      sums = List.copyOf(sums);
      marks = List.copyOf(marks);
    }
  }

  /**
   * A document.
   *
   * @param key of the document
   * @param mark see {@link AuditQuery#mark}
   */
  record Mark(Key key, long mark) {}

  /**
   * How far a shard has got with every partition that it has met of a source.
   *
   * @param source id of the source
   * @param shard the shard that is asked
   */
  record Origins(int source, int shard) implements AuditQuery<List<Reached>> {
    @Override
    public int collection() {
      return 0;
    }
  }

  /**
   * How far a shard has got with one partition.
   *
   * @param topicId Kafka's id of the topic
   * @param partition of the topic
   * @param revision highest revision of the mapping that it has met
   * @param seq highest source offset applied of that revision; -1 = none
   */
  record Reached(Uuid topicId, int partition, int revision, long seq) {}

  /** The bucket of a key, 0 to {@link #BUCKETS} - 1. */
  static int bucket(Key key) {
    return (int)
        (mixed(hash(FNV_BASE, key.bytes()))
            >>> (Long.SIZE - Integer.numberOfTrailingZeros(BUCKETS)));
  }

  /**
   * A number that depends on all that a source says of a document.
   *
   * @param timestamp of the event, milliseconds since the epoch, not negative
   * @param value in its stored form
   */
  static long mark(Key key, long timestamp, byte[] value) {
    long mark = hash(hash(FNV_BASE, key.bytes()), value);
    return mixed(mark * FNV_PRIME + timestamp);
  }

  /** Where the hash begins. */
  long FNV_BASE = 0xcbf29ce484222325L;

  /** What it is multiplied with. */
  long FNV_PRIME = 0x100000001b3L;

  private static long hash(long begin, byte[] bytes) {
    long hash = begin;
    for (byte b : bytes) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    return hash * FNV_PRIME + bytes.length;
  }

  private static long mixed(long hash) {
    long mixed = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
