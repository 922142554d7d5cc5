package dev.weir.store;

import dev.weir.store.Filter.Field;
import dev.weir.store.Filter.Value;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question about the contents of a collection's documents, answerable by one shard for its own
 * documents. Each shard chooses by itself, from the definitions it has, how it finds them.
 *
 * @param <R> what one shard answers
 */
public sealed interface SearchQuery<R> extends Query<R> {

  /**
   * The documents that match, in an order. Equal ones are in the order of their keys, ascending.
   *
   * @param collection id of the collection
   * @param range which keys
   * @param filter which documents; null = all
   * @param order what they are ordered by, the first counts most; empty = by key
   * @param limit most hits, at least 1
   * @param after {@link Hit#place} behind which the page begins, or {@link Found#next} of the page
   *     before; null = at the beginning
   * @param fields paths of the fields that are wanted, see {@link Field#of}; empty = all
   * @param most after so many rows (entries of an index, or documents), at least 1, the page ends
   *     early; what cannot be ordered within them is refused
   * @param scans whether rows may be read that neither an index nor a range of keys chooses
   */
  record Find(
      int collection,
      KeyRange range,
      @Nullable Filter filter,
      List<Sort> order,
      int limit,
      byte @Nullable [] after,
      List<String> fields,
      int most,
      boolean scans)
      implements SearchQuery<Found> {
    /** Copies the lists. */
    public Find(
        int collection,
        KeyRange range,
        @Nullable Filter filter,
        List<Sort> order,
        int limit,
        byte @Nullable [] after,
        List<String> fields,
        int most,
        boolean scans) {
      this.collection = collection;
      this.range = range;
      this.filter = filter;
      this.order = List.copyOf(order);
      this.limit = positive("limit", limit);
      this.after = after;
      this.fields = List.copyOf(fields);
      this.most = positive("most", most);
      this.scans = scans;
    }
  }

  /**
   * What the documents that match come to, all together or by the values of a field. Pages add up:
   * a group may be in several.
   *
   * @param collection id of the collection
   * @param range which keys
   * @param filter which documents; null = all
   * @param groupBy field whose values part the documents; null = they are one group
   * @param measures what is wanted of each group
   * @param after {@link Aggregated#next} of the page before; null = the first page
   * @param most after so many rows, at least 1, the page ends early
   * @param scans whether rows may be read that neither an index nor a range of keys chooses
   */
  record Aggregate(
      int collection,
      KeyRange range,
      @Nullable Filter filter,
      @Nullable Field groupBy,
      List<Measure> measures,
      byte @Nullable [] after,
      int most,
      boolean scans)
      implements SearchQuery<Aggregated> {
    /** Copies the list. */
    public Aggregate(
        int collection,
        KeyRange range,
        @Nullable Filter filter,
        @Nullable Field groupBy,
        List<Measure> measures,
        byte @Nullable [] after,
        int most,
        boolean scans) {
      this.collection = collection;
      this.range = range;
      this.filter = filter;
      this.groupBy = groupBy;
      this.measures = List.copyOf(measures);
      this.after = after;
      this.most = positive("most", most);
      this.scans = scans;
    }
  }

  /**
   * How many documents have each of an index's values, in the order of the values; documents that
   * have none of its fields, or lists or objects in them, are left out.
   *
   * @param collection id of the collection
   * @param index id of the index
   * @param after place of the value behind which the page begins; null = at the beginning
   * @param limit most values, at least 1
   */
  record Duplicates(int collection, int index, byte @Nullable [] after, int limit)
      implements SearchQuery<Occurrences> {
    /** Checks the limit. */
    public Duplicates(int collection, int index, byte @Nullable [] after, int limit) {
      this.collection = collection;
      this.index = index;
      this.after = after;
      this.limit = positive("limit", limit);
    }
  }

  /**
   * A question that is asked of one shard only, about its own documents; the router takes it off
   * its cover.
   *
   * @param shard the shard that is asked
   * @param query what it is asked
   */
  record OfShard<R>(int shard, SearchQuery<R> query) implements SearchQuery<R> {
    @Override
    public int collection() {
      return query.collection();
    }
  }

  /** A field that hits are ordered by; values of different kinds as {@link ValueOrder} says. */
  record Sort(Field field, Order order) {}

  /**
   * A page of hits.
   *
   * @param hits in the order asked for
   * @param next place to go on behind; null = these were the last. There may be more also if there
   *     are fewer hits than asked for.
   * @param plans how they were found, one for each shard that was asked
   */
  record Found(List<Hit> hits, byte @Nullable [] next, List<Plan> plans) {
    /** Copies the lists. */
    public Found(List<Hit> hits, byte @Nullable [] next, List<Plan> plans) {
      this.hits = List.copyOf(hits);
      this.next = next;
      this.plans = List.copyOf(plans);
    }

    /** What one shard found. */
    public Found(List<Hit> hits, byte @Nullable [] next, Plan plan) {
      this(hits, next, List.of(plan));
    }

    /** How the first shard found them. */
    public Plan plan() {
      return plans.get(0);
    }
  }

  /**
   * A document that matches.
   *
   * @param document with the fields that were asked for
   * @param place where it stands in the order asked for: hits of several shards are in order when
   *     their places are, as unsigned bytes
   */
  record Hit(Document document, byte[] place) {
    @Override
    public boolean equals(Object o) {
      return o instanceof Hit other
          && document.equals(other.document)
          && Arrays.equals(place, other.place);
    }

    @Override
    public int hashCode() {
      return document.hashCode();
    }
  }

  /**
   * How a shard found what it answers.
   *
   * @param access what it walked along
   * @param index name of the index; null = none
   * @param entries of the index that were read
   * @param documents that were read
   * @param sorted whether they came in the order asked for, so that a page costs what it holds
   */
  record Plan(Access access, @Nullable String index, long entries, long documents, boolean sorted) {

    /** Rows that were read. */
    public long rows() {
      return entries + documents;
    }
  }

  /** What a shard walks along; nodes send each other the place in this list. */
  enum Access {
    /** The one key that the range has. */
    KEY,
    /** A range of keys. */
    KEY_RANGE,
    /** An index, at values. */
    INDEX_LOOKUP,
    /** A range of an index, or all of it. */
    INDEX_RANGE,
    /** All documents of the collection. */
    SCAN
  }

  /**
   * Something that is wanted of a group.
   *
   * @param kind what
   * @param field of which values; null = of the documents themselves, with {@link Kind#COUNT} only
   */
  record Measure(Kind kind, @Nullable Field field) {
    public Measure {
      if (field == null && kind != Kind.COUNT) {
        throw new IllegalArgumentException(kind + " of which field?");
      }
    }
  }

  /** What is made of the values of a field; nodes send each other the place in this list. */
  enum Kind {
    /** How many documents have a value, or how many documents there are. */
    COUNT,
    /** The exact sum of the numbers. */
    SUM,
    /** The least value, see {@link ValueOrder}; lists, objects and nothing are left out. */
    MIN,
    /** The greatest value; lists, objects and nothing are left out. */
    MAX,
    /** The sum of the numbers, and how many there are. */
    AVG
  }

  /**
   * A page of groups.
   *
   * @param groups in the order of their places
   * @param next where the next page begins; null = these were the last
   * @param plans how they were found, one for each shard that was asked
   */
  record Aggregated(List<Group> groups, byte @Nullable [] next, List<Plan> plans) {
    /** Copies the lists. */
    public Aggregated(List<Group> groups, byte @Nullable [] next, List<Plan> plans) {
      this.groups = List.copyOf(groups);
      this.next = next;
      this.plans = List.copyOf(plans);
    }

    /** What one shard found. */
    public Aggregated(List<Group> groups, byte @Nullable [] next, Plan plan) {
      this(groups, next, List.of(plan));
    }

    /** How the first shard found them. */
    public Plan plan() {
      return plans.get(0);
    }
  }

  /**
   * Documents with one value in the field they are grouped by.
   *
   * @param place of the value among all values, as unsigned bytes
   * @param value null = it is a list, an object or a text beyond what an index tells apart
   * @param measured in the order of the measures
   */
  record Group(byte[] place, @Nullable Value value, List<Measured> measured) {
    public Group {
      measured = List.copyOf(measured);
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Group other
          && Arrays.equals(place, other.place)
          && measured.equals(other.measured);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(place);
    }
  }

  /**
   * What a measure comes to, or a part of it.
   *
   * @param count documents or values that it is made of
   * @param sum of the numbers, exact; 0 unless it was asked for
   * @param edge least or greatest value; null = none, or not asked for
   * @param skipped values that are there and cannot be taken, such as a text to be summed
   */
  record Measured(long count, BigDecimal sum, @Nullable Value edge, long skipped) {

    /** Nothing so far. */
    public static final Measured NOTHING = new Measured(0, BigDecimal.ZERO, null, 0);

    /** Both parts together. */
    public Measured and(Measured other, Kind kind) {
      return new Measured(
          count + other.count,
          sum.add(other.sum),
          edge(edge, other.edge, kind),
          skipped + other.skipped);
    }

    private static @Nullable Value edge(@Nullable Value a, @Nullable Value b, Kind kind) {
      if (a == null || b == null) {
        return a == null ? b : a;
      }
      boolean less = ValueOrder.ASCENDING.compare(a, b) <= 0;
      return less == (kind == Kind.MIN) ? a : b;
    }
  }

  /**
   * A page of the values of an index.
   *
   * @param values in the order of their places
   * @param next place to go on behind; null = these were the last
   */
  record Occurrences(List<Occurrence> values, byte @Nullable [] next) {
    /** Copies the list. */
    public Occurrences(List<Occurrence> values, byte @Nullable [] next) {
      this.values = List.copyOf(values);
      this.next = next;
    }
  }

  /**
   * How often values of an index occur.
   *
   * @param place of the values: those of several shards are the same if and only if their places
   *     are
   * @param values one for each field of the index
   * @param documents that have them
   * @param keys of the first of them, at most {@link #MOST_KEYS}
   * @param exact false = long texts that are the same as far as the index tells them apart
   */
  record Occurrence(
      byte[] place, List<Value> values, long documents, List<Key> keys, boolean exact) {
    /** Keys that are named. */
    public static final int MOST_KEYS = 10;

    public Occurrence {
      values = List.copyOf(values);
      keys = List.copyOf(keys);
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Occurrence other
          && Arrays.equals(place, other.place)
          && documents == other.documents
          && keys.equals(other.keys)
          && exact == other.exact;
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(place);
    }
  }

  private static int positive(String what, int number) {
    if (number < 1) {
      throw new IllegalArgumentException(what + " is " + number + ": at least 1");
    }
    return number;
  }
}
