package dev.weir.store.index;

import dev.weir.store.Catalogue;
import dev.weir.store.IndexDefinition;
import dev.weir.store.filter.FieldTree;
import dev.weir.store.filter.FieldValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Indexes of one collection, made ready for its documents: one pass over a document finds the
 * fields of all of them. Immutable, safe from any thread.
 */
public final class CollectionIndexes {
  private final FieldTree tree = new FieldTree();
  private final List<IndexEntries> indexes = new ArrayList<>();

  private CollectionIndexes(List<IndexDefinition> definitions) {
    definitions.forEach(definition -> indexes.add(new IndexEntries(definition, tree)));
  }

  /** Prepares some indexes of one collection. */
  public static CollectionIndexes of(List<IndexDefinition> definitions) {
    return new CollectionIndexes(definitions);
  }

  /** Those of all collections of a catalogue, by the collections' ids; null = it has none. */
  public static @Nullable CollectionIndexes[] of(Catalogue catalogue) {
    @Nullable CollectionIndexes[] all = new CollectionIndexes[catalogue.nextId()];
    catalogue.indexes().stream()
        .map(IndexDefinition::collection)
        .distinct()
        .forEach(id -> all[id] = of(catalogue.indexes(id)));
    return all;
  }

  /** Takes an entry that comes or goes. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes an entry.
     *
     * @param index id of the index
     * @param entry section and values
     */
    void accept(int index, byte[] entry);
  }

  /**
   * Tells what a change of a document means: entries that are the same before and after are not
   * told.
   *
   * @param before its value before; null = there was none
   * @param value its value now; null = there is none
   */
  public void change(byte @Nullable [] before, byte @Nullable [] value, Sink gone, Sink come) {
    @Nullable FieldValue[] old = before == null ? null : tree.find(before);
    @Nullable FieldValue[] now = value == null ? null : tree.find(value);
    for (IndexEntries index : indexes) {
      List<byte[]> was = old == null ? List.of() : index.of(old);
      List<byte[]> is = now == null ? List.of() : index.of(now);
      int id = index.definition().id();
      tellOthers(was, is, id, gone);
      tellOthers(is, was, id, come);
    }
  }

  /** Tells the entries of a sorted list that another one has not. */
  private static void tellOthers(List<byte[]> of, List<byte[]> without, int id, Sink sink) {
    int at = 0;
    for (byte[] entry : of) {
      while (at < without.size() && Arrays.compareUnsigned(without.get(at), entry) < 0) {
        at++;
      }
      if (at == without.size() || !Arrays.equals(without.get(at), entry)) {
        sink.accept(id, entry);
      }
    }
  }
}
