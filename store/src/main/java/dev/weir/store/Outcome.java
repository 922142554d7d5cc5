package dev.weir.store;

/** What the fold decided about an operation; every replica decides alike. */
public sealed interface Outcome {

  /**
   * The document is stored.
   *
   * @param version its new version
   * @param created whether there was none before
   */
  record Stored(Version version, boolean created) implements Outcome {}

  /**
   * The document is gone.
   *
   * @param existed whether there was one
   */
  record Removed(boolean existed) implements Outcome {}

  /**
   * The definitions are as asked.
   *
   * @param revision revision of the catalogue that holds them; other shards follow
   */
  record Defined(int revision) implements Outcome {}

  /** The operation changed nothing. */
  record Rejected(Reason reason, String detail) implements Outcome {}

  /** Why an operation was rejected. */
  enum Reason {
    /** No such collection in the shard's definitions. */
    UNKNOWN_COLLECTION,
    /** The collection takes its documents from a source only. */
    WRITER_IS_SOURCE,
    /** A definition that contradicts itself or what exists. */
    INVALID_DEFINITION
  }
}
