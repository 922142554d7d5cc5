package dev.weir.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of one shard's state, as a record of its log carries it. The API asks for {@link Put},
 * {@link Delete} and {@link Define}; ingest for {@link Put}, {@link Delete} and {@link Track};
 * shards send each other {@link Put}, {@link Delete} and {@link Adopt}.
 */
public sealed interface Operation {

  /**
   * Stores a document, new or in place of the old one.
   *
   * @param collection id of the collection
   * @param key the key
   * @param value stored form of the value, as {@link ValueFormat#accept} gives it
   */
  record Put(int collection, Key key, byte[] value) implements Operation {}

  /**
   * Removes a document if there is one.
   *
   * @param collection id of the collection
   * @param key the key
   */
  record Delete(int collection, Key key) implements Operation {}

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
}
