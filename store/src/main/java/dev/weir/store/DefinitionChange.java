package dev.weir.store;

/** One change of the definitions, as configuration or an operator asks for it. */
public sealed interface DefinitionChange {

  /**
   * Adds or changes a collection; the id is given by the fold, the key type and format of an
   * existing collection cannot change.
   *
   * @param definition its id is ignored
   * @param mode what to do if the collection exists
   */
  record PutCollection(CollectionDefinition definition, Mode mode) implements DefinitionChange {}

  /**
   * Drops a collection with its documents and indexes; its sources must be dropped before or with
   * it.
   */
  record DropCollection(String name) implements DefinitionChange {}

  /**
   * Adds or changes a source; its collection must exist.
   *
   * @param definition its id is ignored
   * @param mode what to do if the source exists
   */
  record PutSource(SourceDefinition definition, Mode mode) implements DefinitionChange {}

  /** Ends a source; the documents it brought stay. */
  record DropSource(String name) implements DefinitionChange {}

  /**
   * Adds an index to a collection, which must exist; an index that is there never changes.
   *
   * @param collection name of the collection
   * @param definition its ids are ignored
   * @param mode what to do if there is another one of its name
   */
  record PutIndex(String collection, IndexDefinition definition, Mode mode)
      implements DefinitionChange {}

  /**
   * Drops an index; the documents stay.
   *
   * @param collection name of the collection
   * @param name of the index
   */
  record DropIndex(String collection, String name) implements DefinitionChange {}

  /** How a definition meets an existing one of its name. */
  enum Mode {
    /** Configuration at start: only adds what is missing, or changes it by a higher revision. */
    SEED,
    /** An operator's word: changes it, and raises the revision by itself if need be. */
    APPLY
  }
}
