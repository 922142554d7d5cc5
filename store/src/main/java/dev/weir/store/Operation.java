package dev.weir.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of one shard's state, as a record of its log carries it. The API asks for {@link
 * Change}s, alone or in {@link When}, {@link Batch} and {@link Once}, and for {@link Define};
 * ingest for {@link Put}, {@link Delete} and {@link Track}; shards send each other {@link Put},
 * {@link Delete}, {@link Adopt}, {@link LinkIn}, {@link UnlinkIn} and {@link DropOut}.
 */
public sealed interface Operation {

  /** What is asked of one document. */
  sealed interface Change extends Operation permits Put, Delete, Patch {

    /** Id of the collection. */
    int collection();

    /** The document's key. */
    Key key();
  }

  /**
   * Stores a document, new or in place of the old one.
   *
   * @param collection id of the collection
   * @param key the key
   * @param value stored form of the value, as {@link ValueFormat#accept} gives it
   */
  record Put(int collection, Key key, byte[] value) implements Change {}

  /**
   * Removes a document if there is one.
   *
   * @param collection id of the collection
   * @param key the key
   */
  record Delete(int collection, Key key) implements Change {}

  /**
   * Merges a JSON Merge Patch (RFC 7396) into a document of a {@code json} collection.
   *
   * @param collection id of the collection
   * @param key the key
   * @param patch a JSON object, without white space between its tokens
   * @param checked what the owner found out before the append; null = nothing, which is enough for
   *     a collection without a schema
   */
  record Patch(int collection, Key key, byte[] patch, @Nullable Checked checked)
      implements Change {}

  /**
   * A JSON Schema's verdict on a patched document. It holds for one version of the document under
   * one revision of the collection only; the fold, where no schema library runs, compares both.
   *
   * @param revision of the collection's definition
   * @param basis version that was patched; null = there was no document
   * @param fault what breaks the schema, at most {@link #MOST_CHARACTERS} characters; empty =
   *     nothing
   */
  record Checked(int revision, @Nullable Version basis, String fault) {
    /** Characters of a fault. */
    public static final int MOST_CHARACTERS = 1000;
  }

  /** A change that is made if its condition holds. */
  record When(Condition condition, Change change) implements Operation {}

  /**
   * Changes of documents of one shard: all are made, or none. All conditions look at the state
   * before the batch, and no document is in it twice.
   *
   * @param changes 1 to {@link #MOST_CHANGES}
   */
  record Batch(List<When> changes) implements Operation {
    /** Changes in a batch. */
    public static final int MOST_CHANGES = 1000;

    public Batch {
      changes = List.copyOf(changes);
      if (changes.isEmpty() || changes.size() > MOST_CHANGES) {
        throw new IllegalArgumentException(
            "a batch has 1 to " + MOST_CHANGES + " changes, not " + changes.size());
      }
    }
  }

  /**
   * A change, conditional change or batch that takes effect once, however often it is sent.
   *
   * @param operation a {@link Change}, {@link When} or {@link Batch}
   */
  record Once(IdempotencyKey key, Operation operation) implements Operation {
    public Once {
      if (!(operation instanceof Change
          || operation instanceof When
          || operation instanceof Batch)) {
        throw new IllegalArgumentException("has no idempotency key: " + operation);
      }
    }
  }

  /**
   * Changes the definitions, all or none; goes to shard 0 only.
   *
   * @param changes in this order
   */
  record Define(List<DefinitionChange> changes) implements Operation {
    public Define {
      changes = List.copyOf(changes);
    }
  }

  /**
   * A row of a source whose document key comes from fields ({@link
   * SourceDefinition.KeyFrom#TRACKED}), for the shard of the row's own key, which remembers the
   * derived key and sends put and delete to the derived key's shard.
   *
   * @param source id of the source
   * @param collection id of the collection
   * @param rowKey the row's key in the source topic, raw bytes
   * @param derivedKey key of the document; null = the row is deleted or filtered out
   * @param value stored form of the document; empty if {@code derivedKey} is null
   */
  record Track(int source, int collection, byte[] rowKey, @Nullable Key derivedKey, byte[] value)
      implements Operation {}

  /**
   * The catalogue that shard 0 has decided.
   *
   * @param catalogue taken over if its revision is higher than the shard's
   */
  record Adopt(Catalogue catalogue) implements Operation {}

  /**
   * Tells the shard of an edge's target that the edge is there, new or with another value. It says
   * itself where the target's key ends, because it may arrive before the edge type's definition.
   *
   * @param collection id of the edge type
   * @param entry the in-entry's key: target, source, id
   * @param head bytes of {@code entry} that stand for the target
   * @param version of the edge
   * @param value its properties
   */
  record LinkIn(int collection, Key entry, int head, Version version, byte[] value)
      implements Operation {}

  /**
   * Tells the shard of an edge's target that the edge is gone.
   *
   * @param collection id of the edge type
   * @param entry the in-entry's key: target, source, id
   * @param head bytes of {@code entry} that stand for the target
   * @param version the last one the edge had; a newer one stays
   */
  record UnlinkIn(int collection, Key entry, int head, Version version) implements Operation {}

  /**
   * Tells the shard of an edge's source that its target was deleted.
   *
   * @param collection id of the edge type
   * @param edge the edge's key
   * @param version the edge is removed if this is its version still
   */
  record DropOut(int collection, Key edge, Version version) implements Operation {}
}
