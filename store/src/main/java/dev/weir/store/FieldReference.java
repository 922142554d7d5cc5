package dev.weir.store;

import java.util.List;

/**
 * Where a document names other documents by their keys: a path of field names from the document's
 * root, such as {@code creatorId} or {@code friends.personId}. Lists on the way and at its end are
 * gone through, each of their entries gives a reference; absent fields and nulls give none.
 *
 * @param path 1 to 16 names, none of them empty
 */
public record FieldReference(List<String> path) {
  /** Most names in a path. */
  public static final int MOST_NAMES = 16;

  public FieldReference {
    path = List.copyOf(path);
  }

  /** The path that names joined by dots make. */
  public static FieldReference parse(String text) {
    return new FieldReference(List.of(text.split("\\.", -1)));
  }

  /** The names, joined by dots. */
  public String text() {
    return String.join(".", path);
  }
}
