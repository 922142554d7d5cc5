package dev.weir.store.write;

import dev.weir.store.GraphQuery;
import dev.weir.store.Key;
import dev.weir.store.Version;
import dev.weir.store.write.LogRecord.Origin;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.Uuid;

/**
 * Where everything lies in a shard's state: one ordered map, parted by the first byte. Numbers are
 * big-endian, so that byte order is number order.
 */
public final class StateKeys {
  private static final byte META = 0x01;
  private static final byte WATERMARK = 0x02;
  private static final byte RECEIVED = 0x03;
  private static final byte OUTBOX = 0x04;
  private static final byte OUTBOX_SPAN = 0x05;
  private static final byte TRACKED = 0x06;
  private static final byte CONTINUATION = 0x07;
  private static final byte COUNT = 0x08;
  private static final byte KEPT = 0x09;
  private static final byte KEPT_ORDER = 0x0a;
  private static final byte DEGREE = 0x0b;
  private static final byte INDEX_STATE = 0x0c;
  private static final byte CHANGE = 0x0d;
  private static final byte CHANGES_KEPT = 0x0e;
  private static final byte HIDDEN = 0x1f;
  private static final byte DOCUMENT = 0x20;
  private static final byte INCOMING = 0x21;
  private static final byte INDEX = 0x22;

  /** Bytes of the state key of an index's entry before its section. */
  public static final int INDEX_PREFIX = 5;

  /** Bytes of a document's, or an in-entry's, state key before the encoded key itself. */
  public static final int DOCUMENT_PREFIX = 5;

  /** Bytes of the state key of a {@link #hidden} mark before the vertex. */
  public static final int HIDDEN_PREFIX = 6;

  private static final int CHANGE_BYTES = 29;

  private StateKeys() {}

  /** What the state is: application, log, generation, shard, format version. */
  public static byte[] identity() {
    return new byte[] {META, 'i'};
  }

  /** How far the state has got. */
  public static byte[] position() {
    return new byte[] {META, 'p'};
  }

  /** The definitions. */
  public static byte[] catalogue() {
    return new byte[] {META, 'c'};
  }

  /** How many log records were not understood or asked for the impossible. */
  public static byte[] refused() {
    return new byte[] {META, 'r'};
  }

  /** The number of the newest continuation. */
  public static byte[] lastContinuation() {
    return new byte[] {META, 'n'};
  }

  /** The {@link Watermark} of a partition of a source; one for all revisions of its mapping. */
  public static byte[] watermark(Origin origin) {
    return ByteBuffer.allocate(25)
        .put(WATERMARK)
        .putInt(origin.source())
        .putLong(origin.topicId().getMostSignificantBits())
        .putLong(origin.topicId().getLeastSignificantBits())
        .putInt(origin.partition())
        .array();
  }

  /** All watermarks of a source. */
  public static byte[] watermarks(int source) {
    return withInt(WATERMARK, source);
  }

  /** The topic in the key of a {@link #watermark}. */
  public static Uuid watermarkTopic(byte[] key) {
    ByteBuffer in = ByteBuffer.wrap(key);
    return new Uuid(in.getLong(5), in.getLong(13));
  }

  /** The partition in the key of a {@link #watermark}. */
  public static int watermarkPartition(byte[] key) {
    return ByteBuffer.wrap(key).getInt(21);
  }

  /** All watermarks of other shards' outboxes. */
  public static byte[] received() {
    return new byte[] {RECEIVED};
  }

  /** The highest outbox number applied of another shard. */
  public static byte[] received(int fromShard) {
    return withInt(RECEIVED, fromShard);
  }

  /** An outbox entry. */
  public static byte[] outbox(int toShard, long number) {
    return ByteBuffer.allocate(13).put(OUTBOX).putInt(toShard).putLong(number).array();
  }

  /** Which outbox entries there are for a target. */
  public static byte[] outboxSpan(int toShard) {
    return withInt(OUTBOX_SPAN, toShard);
  }

  /** The spans of all targets. */
  public static byte[] outboxSpans() {
    return new byte[] {OUTBOX_SPAN};
  }

  /** The target in a span's key. */
  public static int outboxTarget(byte[] spanKey) {
    return ByteBuffer.wrap(spanKey).getInt(1);
  }

  /** The {@link TrackedRow} of a source. */
  public static byte[] tracked(int source, byte[] rowKey) {
    return ByteBuffer.allocate(5 + rowKey.length).put(TRACKED).putInt(source).put(rowKey).array();
  }

  /** All {@link TrackedRow}s of a source. */
  public static byte[] tracked(int source) {
    return withInt(TRACKED, source);
  }

  /** All continuations. */
  public static byte[] continuations() {
    return new byte[] {CONTINUATION};
  }

  /** A continuation. */
  public static byte[] continuation(long number) {
    return ByteBuffer.allocate(9).put(CONTINUATION).putLong(number).array();
  }

  /** The number in a continuation's key. */
  public static long continuationNumber(byte[] key) {
    return ByteBuffer.wrap(key).getLong(1);
  }

  /** Which idempotency keys are kept, and their time. */
  public static byte[] keptSpan() {
    return new byte[] {META, 'k'};
  }

  /** What was decided under an idempotency key. */
  public static byte[] kept(String text) {
    return kept(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What was decided under an idempotency key, given as UTF-8. */
  public static byte[] kept(byte[] text) {
    return ByteBuffer.allocate(1 + text.length).put(KEPT).put(text).array();
  }

  /** The idempotency key of a number. */
  public static byte[] keptOrder(long number) {
    return ByteBuffer.allocate(9).put(KEPT_ORDER).putLong(number).array();
  }

  /** How many documents a collection has in this shard. */
  public static byte[] count(int collection) {
    return withInt(COUNT, collection);
  }

  /** All documents of a collection. */
  public static byte[] documents(int collection) {
    return withInt(DOCUMENT, collection);
  }

  /** A document. */
  public static byte[] document(int collection, byte[] key) {
    return keyed(DOCUMENT, collection, key);
  }

  /** The key in the state key of a document or an in-entry. */
  public static Key documentKey(byte[] stateKey) {
    return Key.ofEncoded(Arrays.copyOfRange(stateKey, DOCUMENT_PREFIX, stateKey.length));
  }

  /** All in-entries of an edge type: its edges as the shards of their targets see them. */
  public static byte[] incoming(int collection) {
    return withInt(INCOMING, collection);
  }

  /** An in-entry. */
  public static byte[] incoming(int collection, byte[] reversed) {
    return keyed(INCOMING, collection, reversed);
  }

  /** All entries of an index. */
  public static byte[] index(int index) {
    return withInt(INDEX, index);
  }

  /** The entries of an index that begin with a section and values. */
  public static byte[] index(int index, byte[] start) {
    return keyed(INDEX, index, start);
  }

  /**
   * An entry of an index.
   *
   * @param entry section and values
   */
  public static byte[] index(int index, byte[] entry, Key key) {
    byte[] bytes = key.bytes();
    return ByteBuffer.allocate(INDEX_PREFIX + entry.length + bytes.length)
        .put(INDEX)
        .putInt(index)
        .put(entry)
        .put(bytes)
        .array();
  }

  /** The {@link IndexState} of an index. */
  public static byte[] indexState(int index) {
    return withInt(INDEX_STATE, index);
  }

  /** All degrees of an edge type. */
  public static byte[] degrees(int collection) {
    return withInt(DEGREE, collection);
  }

  /** How many edges of a type a vertex has on a side. */
  public static byte[] degree(int collection, GraphQuery.Side side, byte[] vertex) {
    return ByteBuffer.allocate(6 + vertex.length)
        .put(DEGREE)
        .putInt(collection)
        .put(side(side))
        .put(vertex)
        .array();
  }

  /** Which changes of a collection are kept: a {@link KeptChanges}. */
  public static byte[] changesKept(int collection) {
    return withInt(CHANGES_KEPT, collection);
  }

  /** All changes of all collections. */
  public static byte[] changes() {
    return new byte[] {CHANGE};
  }

  /** All changes of a collection that are there, kept or on their way out. */
  public static byte[] changes(int collection) {
    return withInt(CHANGE, collection);
  }

  /** All changes that are kept of a collection since it began to keep them. */
  public static byte[] changes(int collection, Version since) {
    return ByteBuffer.allocate(17).put(changes(collection)).put(StateValues.version(since)).array();
  }

  /**
   * A change.
   *
   * @param offset of the record that made it
   * @param number of the change among those of its record, from 0
   */
  public static byte[] change(int collection, Version since, long offset, int number) {
    return ByteBuffer.allocate(CHANGE_BYTES)
        .put(changes(collection, since))
        .putLong(offset)
        .putInt(number)
        .array();
  }

  /** The offset in the state key of a change. */
  public static long changeOffset(byte[] stateKey) {
    return ByteBuffer.wrap(stateKey).getLong(CHANGE_BYTES - 12);
  }

  /** All marks of all edge types that hide edges of deleted vertices. */
  public static byte[] hidden() {
    return new byte[] {HIDDEN};
  }

  /** All such marks of an edge type. */
  public static byte[] hidden(int collection) {
    return withInt(HIDDEN, collection);
  }

  /** All such marks of a side of an edge type. */
  public static byte[] hidden(int collection, GraphQuery.Side side) {
    return hidden(collection, side, new byte[0]);
  }

  /** The mark of one vertex. */
  public static byte[] hidden(int collection, GraphQuery.Side side, byte[] vertex) {
    return ByteBuffer.allocate(HIDDEN_PREFIX + vertex.length)
        .put(HIDDEN)
        .putInt(collection)
        .put(side(side))
        .put(vertex)
        .array();
  }

  /** What an entry of the state says about the edges of a vertex. */
  public enum Part {
    /** A document, which may be an edge. */
    DOCUMENT,
    /** An in-entry. */
    INCOMING,
    /** A mark that hides edges. */
    HIDDEN,
    /** Nothing. */
    OTHER
  }

  /** Which part of the state an entry belongs to. */
  public static Part part(byte[] stateKey) {
    return switch (stateKey[0]) {
      case DOCUMENT -> Part.DOCUMENT;
      case INCOMING -> Part.INCOMING;
      case HIDDEN -> Part.HIDDEN;
      default -> Part.OTHER;
    };
  }

  /** The collection in a state key of any part but {@link Part#OTHER}. */
  public static int collection(byte[] stateKey) {
    return ByteBuffer.wrap(stateKey).getInt(1);
  }

  /** The side in the state key of a mark. */
  public static GraphQuery.Side hiddenSide(byte[] stateKey) {
    return stateKey[DOCUMENT_PREFIX] == 0 ? GraphQuery.Side.OUT : GraphQuery.Side.IN;
  }

  private static byte side(GraphQuery.Side side) {
    return switch (side) {
      case OUT -> 0;
      case IN -> 1;
    };
  }

  private static byte[] keyed(byte part, int collection, byte[] key) {
    byte[] result = new byte[DOCUMENT_PREFIX + key.length];
    result[0] = part;
    result[1] = (byte) (collection >>> 24);
    result[2] = (byte) (collection >>> 16);
    result[3] = (byte) (collection >>> 8);
    result[4] = (byte) collection;
    System.arraycopy(key, 0, result, DOCUMENT_PREFIX, key.length);
    return result;
  }

  private static byte[] withInt(byte part, int number) {
    return ByteBuffer.allocate(5).put(part).putInt(number).array();
  }
}
