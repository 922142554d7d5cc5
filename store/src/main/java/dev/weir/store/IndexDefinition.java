package dev.weir.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A secondary index of a collection of JSON documents, as every shard keeps it for its own
 * documents. Nothing of it ever changes: another index has another id.
 *
 * @param id never reused; stands for the index in the state
 * @param name 1 to 64 letters, digits, {@code - _}, beginning with a letter; no other index of the
 *     collection has it
 * @param collection id of the collection
 * @param fields what documents are ordered by, 1 to {@link #MOST_FIELDS} different ones
 * @param where which documents it has; null = all
 * @param unique whether no two documents should have the same values; this is reported, never
 *     enforced
 */
public record IndexDefinition(
    int id,
    String name,
    int collection,
    List<Filter.Field> fields,
    @Nullable Filter where,
    boolean unique) {

  /** Fields of one index. */
  public static final int MOST_FIELDS = 6;

  /** Indexes of one collection. */
  public static final int MOST_INDEXES = 32;

  public IndexDefinition {
    fields = List.copyOf(fields);
  }

  /** An index of all documents as somebody asks for it. */
  public static IndexDefinition on(String name, List<String> paths) {
    return new IndexDefinition(
        0, name, 0, paths.stream().map(Filter.Field::of).toList(), null, false);
  }

  /** The same with ids. */
  public IndexDefinition numbered(int newId, int newCollection) {
    return new IndexDefinition(newId, name, newCollection, fields, where, unique);
  }

  /** Whether two definitions ask for the same index, whatever their ids. */
  public boolean isLike(IndexDefinition other) {
    return numbered(other.id, other.collection).equals(other);
  }
}
