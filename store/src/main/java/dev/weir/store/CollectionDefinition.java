package dev.weir.store;

import org.jspecify.annotations.Nullable;

/**
 * A collection as every shard knows it.
 *
 * @param id never reused; stands for the name in the log and the state
 * @param name 1 to 64 characters: lower-case letters, digits, {@code - _}; starts with a letter
 * @param keyType fixed for life
 * @param format name of the {@link ValueFormat}; fixed for life
 * @param writer who may write
 * @param schema JSON Schema (2020-12) of the documents as JSON text, or null
 * @param consistency level of reads that do not say one
 * @param revision of this definition; configuration with a higher one changes it
 */
public record CollectionDefinition(
    int id,
    String name,
    KeyType keyType,
    String format,
    Writer writer,
    @Nullable String schema,
    Consistency consistency,
    int revision) {

  /** A collection whose reads see the writes of their own session. */
  public CollectionDefinition(
      int id,
      String name,
      KeyType keyType,
      String format,
      Writer writer,
      @Nullable String schema,
      int revision) {
    this(id, name, keyType, format, writer, schema, Consistency.SESSION, revision);
  }

  /** Who may write a collection. */
  public enum Writer {
    /** API commands. */
    API,
    /** One or more sources; commands are refused, to protect the source's truth. */
    SOURCE
  }
}
