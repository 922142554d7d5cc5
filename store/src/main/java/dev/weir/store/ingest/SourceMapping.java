package dev.weir.store.ingest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.InvalidValueException;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import dev.weir.store.Operation;
import dev.weir.store.ShardMap;
import dev.weir.store.SourceDefinition;
import dev.weir.store.SourceDefinition.KeyFrom;
import dev.weir.store.SourceDefinition.Mapping;
import dev.weir.store.ValueFormat;
import dev.weir.store.ValueFormats;
import org.jspecify.annotations.Nullable;

/**
 * What the records of one source mean for the log, by one revision of the definitions. A pure
 * function of the record; safe from any thread.
 *
 * <p>Filter and key fields see the record as it came; then fields are dropped, then renamed, then
 * the document must be valid for the collection's format, size limit and schema. A record that
 * fails the filter removes the document of its row and need not be valid otherwise.
 */
public final class SourceMapping {

  private static final byte[] NO_VALUE = {};

  private final int source;
  private final int collection;
  private final CollectionDefinition definition;
  private final KeyFrom keyFrom;
  private final RecordKeys keys;
  private final RecordFilter filter;
  private final Reshape reshape;
  private final ValueFormat format;
  private final DocumentCheck check;
  private final int maxValueBytes;

  private SourceMapping(
      SourceDefinition source,
      CollectionDefinition collection,
      ValueFormat format,
      DocumentCheck check,
      ValueLimits limits) {
    Mapping mapping = source.mapping();
    this.source = source.id();
    this.collection = collection.id();
    this.definition = collection;
    this.keyFrom = mapping.keyFrom();
    this.keys =
        new RecordKeys(
            KeyCodec.of(collection.keyType()),
            mapping.keyFormat(),
            mapping.keyFields(),
            limits.maxKeyBytes());
    this.filter = new RecordFilter(mapping.filter());
    this.reshape = new Reshape(mapping);
    this.format = format;
    this.check = check;
    this.maxValueBytes = limits.maxValueBytes();
  }

  /**
   * Prepares the mapping of a source into its collection.
   *
   * @param format the format of the collection
   * @param check what the collection asks of its documents beyond the format
   * @throws IllegalArgumentException if the definitions contradict each other or themselves; the
   *     message says what to change
   */
  static SourceMapping of(
      SourceDefinition source,
      CollectionDefinition collection,
      ValueFormat format,
      DocumentCheck check,
      ValueLimits limits) {
    MappingRules.require(source.mapping(), collection);
    return new SourceMapping(source, collection, format, check, limits);
  }

  /**
   * Prepares the mapping of a source into its collection, by the collection's format and schema.
   *
   * @throws IllegalArgumentException if the definitions contradict each other or themselves; the
   *     message says what to change
   */
  public static SourceMapping of(
      SourceDefinition source, CollectionDefinition collection, ValueLimits limits) {
    return of(
        source,
        collection,
        ValueFormats.of(collection.format()),
        DocumentCheck.of(collection),
        limits);
  }

  /**
   * The mapping of a source as it may once have been: without the collection's schema, and without
   * limits.
   *
   * @throws IllegalArgumentException if the definitions contradict each other or themselves
   */
  public static SourceMapping lenient(SourceDefinition source, CollectionDefinition collection) {
    return of(
        source,
        collection,
        ValueFormats.of(collection.format()),
        DocumentCheck.NONE,
        new ValueLimits(Integer.MAX_VALUE, Integer.MAX_VALUE));
  }

  /**
   * Maps one record.
   *
   * @param rawKey key of the record in the source topic, or null
   * @param rawValue its value, or null for a tombstone
   */
  public Mapped map(byte @Nullable [] rawKey, byte @Nullable [] rawValue) {
    try {
      return switch (keyFrom) {
        case RECORD -> byRecordKey(rawKey, rawValue);
        case TRACKED -> tracked(rawKey, rawValue);
        case IMMUTABLE -> immutable(rawValue);
      };
    } catch (PoisonException e) {
      return e.poison();
    }
  }

  private Mapped byRecordKey(byte @Nullable [] rawKey, byte @Nullable [] rawValue)
      throws PoisonException {
    if (rawKey == null) {
      throw new PoisonException(
          PoisonReason.NULL_KEY,
          "the record has no key: write the topic with keys, or take the key from fields");
    }
    Key key = keys.fromRecordKey(rawKey);
    byte[] document = rawValue == null ? null : document(rawValue);
    return append(key, document);
  }

  private Mapped tracked(byte @Nullable [] rowKey, byte @Nullable [] rawValue)
      throws PoisonException {
    if (rowKey == null) {
      throw new PoisonException(
          PoisonReason.NULL_KEY,
          "the record has no key, by which its document could be found again: write the topic with"
              + " keys, or declare the key fields immutable");
    }
    keys.checkSize(rowKey.length);
    Key derived = null;
    byte[] value = NO_VALUE;
    if (rawValue != null) {
      ObjectNode row = RowJson.object(rawValue);
      if (filter.passes(row)) {
        derived = keys.fromFields(row);
        value = finish(row, rawValue);
      }
    }
    return new Mapped.Append(
        rowKey, new Operation.Track(source, collection, rowKey, derived, value));
  }

  private Mapped immutable(byte @Nullable [] rawValue) throws PoisonException {
    if (rawValue == null) {
      throw new PoisonException(
          PoisonReason.TOMBSTONE,
          "a tombstone has no fields to take the key from: declare the key tracked if rows of this"
              + " topic are deleted");
    }
    ObjectNode row = RowJson.object(rawValue);
    if (filter.passes(row)) {
      return append(keys.fromFields(row), finish(row, rawValue));
    }
    try {
      return append(keys.fromFields(row), null);
    } catch (PoisonException e) {
      return new Mapped.Skip();
    }
  }

  private Mapped append(Key key, byte @Nullable [] document) {
    Operation operation =
        document == null
            ? new Operation.Delete(collection, key)
            : new Operation.Put(collection, key, document);
    return new Mapped.Append(ShardMap.shardKey(definition, key), operation);
  }

  /** The document in its stored form; null if the record fails the filter. */
  private byte @Nullable [] document(byte[] rawValue) throws PoisonException {
    if (filter.isEmpty() && reshape.isEmpty()) {
      return stored(rawValue);
    }
    ObjectNode row = RowJson.object(rawValue);
    return filter.passes(row) ? finish(row, rawValue) : null;
  }

  private byte[] finish(ObjectNode row, byte[] rawValue) throws PoisonException {
    return stored(reshape.isEmpty() ? rawValue : RowJson.bytes(reshape.apply(row)));
  }

  private byte[] stored(byte[] value) throws PoisonException {
    byte[] stored;
    try {
      stored = format.accept(value);
    } catch (InvalidValueException e) {
      throw new PoisonException(PoisonReason.INVALID_VALUE, String.valueOf(e.getMessage()));
    }
    if (stored.length > maxValueBytes) {
      throw new PoisonException(
          PoisonReason.TOO_LARGE,
          "the document has " + stored.length + " bytes, the limit is " + maxValueBytes);
    }
    try {
      check.check(stored);
    } catch (InvalidValueException e) {
      throw new PoisonException(PoisonReason.SCHEMA, String.valueOf(e.getMessage()));
    }
    return stored;
  }
}
