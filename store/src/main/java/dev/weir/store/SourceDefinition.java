package dev.weir.store;

import java.util.List;
import java.util.Map;

/**
 * A user's topic that ingest copies into a collection.
 *
 * @param id never reused; part of a record's origin
 * @param name same rules as a collection's name
 * @param topic the Kafka topic
 * @param collection name of the collection it feeds
 * @param mapping how its records become documents
 * @param revision of this definition; a change of the mapping raises it
 */
public record SourceDefinition(
    int id, String name, String topic, String collection, Mapping mapping, int revision) {

  /**
   * How a record becomes a document.
   *
   * @param keyFrom the record's key, or fields of its value
   * @param keyFormat how a record key is written: text, json, or binary (Kafka's own serializers)
   * @param keyFields for {@link KeyFrom#TRACKED} and {@link KeyFrom#IMMUTABLE}: the fields, in the
   *     order of the key's parts
   * @param filter conditions that must all hold; a record that fails them is a delete
   * @param dropFields fields left out of the document
   * @param renameFields old name to new name
   * @param start where a source without history begins
   */
  public record Mapping(
      KeyFrom keyFrom,
      KeyFormat keyFormat,
      List<String> keyFields,
      List<Condition> filter,
      List<String> dropFields,
      Map<String, String> renameFields,
      Start start) {
    public Mapping {
      keyFields = List.copyOf(keyFields);
      filter = List.copyOf(filter);
      dropFields = List.copyOf(dropFields);
      renameFields = Map.copyOf(renameFields);
    }
  }

  /** Where the document's key comes from. */
  public enum KeyFrom {
    /** The record's key. */
    RECORD,
    /**
     * Fields of the value; the derived key of each record key is remembered and moved on change.
     */
    TRACKED,
    /**
     * Fields that never change for a record key; tombstones cannot be mapped and are dead letters.
     */
    IMMUTABLE
  }

  /** How the bytes of a record key are read. */
  public enum KeyFormat {
    /** UTF-8 text in the key type's textual form. */
    TEXT,
    /** JSON: a string, number, or array for tuples. */
    JSON,
    /** What Kafka's LongSerializer, UUIDSerializer, StringSerializer, BytesSerializer write. */
    BINARY
  }

  /** Where ingest begins when the source has no history with this application. */
  public enum Start {
    EARLIEST,
    LATEST
  }

  /**
   * A test of one field.
   *
   * @param field name, or a path with dots
   * @param test kind of test
   * @param values JSON texts to compare with; empty for {@link Test#EXISTS} and {@link
   *     Test#MISSING}
   */
  public record Condition(String field, Test test, List<String> values) {
    public Condition {
      values = List.copyOf(values);
    }

    /** Kinds of test. */
    public enum Test {
      /** The field is there and not null. */
      EXISTS,
      /** The field is absent or null. */
      MISSING,
      /** The field equals one of the values. */
      IN,
      /** The field equals none of the values. */
      NOT_IN
    }
  }
}
