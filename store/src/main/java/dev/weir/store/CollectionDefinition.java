package dev.weir.store;

import org.jspecify.annotations.Nullable;

/**
 * A collection as every shard knows it. An edge type is a collection too: its documents are the
 * edges with their properties.
 *
 * @param id never reused; stands for the name in the log and the state
 * @param name 1 to 64 characters: lower-case letters, digits, {@code - _}; starts with a letter
 * @param keyType fixed for life; of edges, what {@link EdgeKeys} derives from their ends
 * @param format name of the {@link ValueFormat}; fixed for life
 * @param writer who may write
 * @param schema JSON Schema (2020-12) of the documents as JSON text, or null
 * @param consistency level of reads that do not say one
 * @param revision of this definition; configuration with a higher one changes it
 * @param edge what makes its documents edges; null = they are vertices
 * @param changes of so many of the newest records of a shard's log, what they changed in this
 *     collection is kept for those who follow it; 0 = nothing is kept, and nobody can
 */
public record CollectionDefinition(
    int id,
    String name,
    KeyType keyType,
    String format,
    Writer writer,
    @Nullable String schema,
    Consistency consistency,
    int revision,
    @Nullable Edge edge,
    int changes) {

  /** What the keys of edges are said to be until their ends are known. */
  public static final KeyType UNKNOWN_ENDS = KeyType.Scalar.BYTES;

  /** A collection, or an edge type, whose changes are not kept. */
  public CollectionDefinition(
      int id,
      String name,
      KeyType keyType,
      String format,
      Writer writer,
      @Nullable String schema,
      Consistency consistency,
      int revision,
      @Nullable Edge edge) {
    this(id, name, keyType, format, writer, schema, consistency, revision, edge, 0);
  }

  /** A collection of vertices. */
  public CollectionDefinition(
      int id,
      String name,
      KeyType keyType,
      String format,
      Writer writer,
      @Nullable String schema,
      Consistency consistency,
      int revision) {
    this(id, name, keyType, format, writer, schema, consistency, revision, null);
  }

  /** A collection of vertices whose reads see the writes of their own session. */
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

  /**
   * An edge type with properties in JSON, written by API commands, or by the documents that edges
   * begin at if it has a {@link Edge#field}.
   */
  public static CollectionDefinition edges(String name, Edge edge) {
    return new CollectionDefinition(
        0,
        name,
        UNKNOWN_ENDS,
        "json",
        edge.field() == null ? Writer.API : Writer.FIELD,
        null,
        Consistency.SESSION,
        1,
        edge);
  }

  /** The same with another id and revision. */
  public CollectionDefinition numbered(int newId, int newRevision) {
    return new CollectionDefinition(
        newId, name, keyType, format, writer, schema, consistency, newRevision, edge, changes);
  }

  /** The same with the changes of so many of the newest log records kept. */
  public CollectionDefinition keeping(int records) {
    return new CollectionDefinition(
        id, name, keyType, format, writer, schema, consistency, revision, edge, records);
  }

  /** An edge type with the keys that these ends give it; any other collection as it is. */
  public CollectionDefinition between(Ends ends) {
    if (edge == null) {
      return this;
    }
    Edge known = new Edge(edge.from, edge.to, edge.id, edge.field, edge.inverse, ends);
    KeyType keys = new EdgeKeys(ends, edge.id).type();
    return new CollectionDefinition(
        id, name, keys, format, writer, schema, consistency, revision, known, changes);
  }

  /** Who may write a collection. */
  public enum Writer {
    /** API commands. */
    API,
    /** One or more sources; commands are refused, to protect the source's truth. */
    SOURCE,
    /** A field of the documents that edges begin at; commands are refused. */
    FIELD
  }

  /**
   * What makes a collection an edge type. All but the inverse is fixed for life.
   *
   * @param from name of the collection whose documents edges begin at
   * @param to name of the collection whose documents edges end at; may be the same
   * @param id type of what tells edges between the same two ends apart; null = there is at most one
   * @param field of the documents of {@code from} that the edges are made of; null = they are
   *     written by themselves
   * @param inverse name for the way from {@code to} to {@code from}; null = none is given
   * @param ends keys of the ends; null until the fold has taken the definition
   */
  public record Edge(
      String from,
      String to,
      KeyType.@Nullable Scalar id,
      @Nullable FieldReference field,
      @Nullable String inverse,
      @Nullable Ends ends) {

    /** An edge type as somebody asks for it. */
    public Edge(
        String from, String to, KeyType.@Nullable Scalar id, @Nullable FieldReference field) {
      this(from, to, id, field, null, null);
    }

    /** Whether two edge types are the same for life. */
    public boolean isLike(Edge other) {
      return from.equals(other.from)
          && to.equals(other.to)
          && id == other.id
          && (field == null ? other.field == null : field.equals(other.field));
    }
  }

  /**
   * The keys of both ends of an edge type.
   *
   * @param from key type of the collection that edges begin at
   * @param to key type of the collection that edges end at
   */
  public record Ends(KeyType from, KeyType to) {}
}
