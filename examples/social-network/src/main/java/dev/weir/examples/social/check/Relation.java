package dev.weir.examples.social.check;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * Where the values of one field of all documents of a collection stand in the files.
 *
 * @param collection the collection
 * @param path as in {@link Fact#path}
 * @param snapshot place in the snapshot
 * @param operation number of the update operation that adds values; 0 = none
 * @param update place in the rows of that operation
 */
record Relation(String collection, String path, Place snapshot, int operation, Place update) {

  private static final Pattern ENTRIES = Pattern.compile(";");
  private static final String ABSENT = "-1";

  /**
   * A pair of columns.
   *
   * @param file without folder suffix; empty in an update row
   * @param key column of the document's id
   * @param value column of the value; in an update row a list of values divided by semicolons, of
   *     which only what stands before a comma counts
   */
  record Place(String file, int key, int value) {}

  static Relation of(String field, String file, int key, int value) {
    return of(field, file, key, value, 0, 0, 0);
  }

  static Relation of(
      String field, String file, int key, int value, int operation, int updateKey, int update) {
    int dot = field.indexOf('.');
    return new Relation(
        field.substring(0, dot),
        field.substring(dot + 1),
        new Place(file, key, value),
        operation,
        new Place("", updateKey, update));
  }

  boolean isList() {
    return path.contains("[]");
  }

  /** The values by document id, after all updates. */
  SortedMap<Long, List<String>> read(List<List<String>> updates) {
    SortedMap<Long, List<String>> values = new TreeMap<>();
    BiConsumer<String, String> add =
        (id, value) -> {
          if (!value.isEmpty() && !value.equals(ABSENT)) {
            values.computeIfAbsent(Long.valueOf(id), k -> new ArrayList<>()).add(value);
          }
        };
    Lines.of(snapshot.file, true)
        .forEach(row -> add.accept(row.get(snapshot.key), row.get(snapshot.value)));
    String wanted = Integer.toString(operation);
    for (List<String> row : updates) {
      if (row.get(2).equals(wanted)) {
        addUpdate(row, add);
      }
    }
    return values;
  }

  private void addUpdate(List<String> row, BiConsumer<String, String> add) {
    String cell = row.get(update.value);
    if (!isList()) {
      add.accept(row.get(update.key), cell);
      return;
    }
    ENTRIES
        .splitAsStream(cell)
        .forEach(entry -> add.accept(row.get(update.key), entry.replaceFirst(",.*", "")));
  }
}
