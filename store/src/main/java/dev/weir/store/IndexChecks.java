package dev.weir.store;

import dev.weir.store.Filter.Field;
import java.util.ArrayList;
import java.util.List;

/** Whether the definition of an index makes sense. Pure, see {@link DefinitionChecks}. */
public final class IndexChecks {
  private static final int LONGEST_NAME = 64;
  private static final int MOST_NAMES = 16;

  private IndexChecks() {}

  /** What is wrong with an index by itself; paths as in its JSON. */
  public static List<Fault> of(IndexDefinition index) {
    List<Fault> faults = new ArrayList<>();
    checkName(index.name(), faults);
    List<Field> fields = index.fields();
    if (fields.isEmpty() || fields.size() > IndexDefinition.MOST_FIELDS) {
      faults.add(
          new Fault(
              IndexJson.ON,
              fields.size() + " fields",
              "name 1 to " + IndexDefinition.MOST_FIELDS + " fields"));
    }
    DefinitionChecks.checkNames(IndexJson.ON, fields.stream().map(Field::path).toList(), faults);
    for (Field field : fields) {
      if (field.names().contains("")) {
        faults.add(
            new Fault(IndexJson.ON, "a field without a name", "write names with dots between"));
      }
      if (field.names().size() > MOST_NAMES) {
        faults.add(
            new Fault(
                IndexJson.ON,
                field.names().size() + " names in one field",
                "write at most " + MOST_NAMES));
      }
    }
    return faults;
  }

  private static void checkName(String name, List<Fault> faults) {
    boolean valid = !name.isEmpty() && name.length() <= LONGEST_NAME;
    for (int i = 0; valid && i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      valid = letter || (i > 0 && ((c >= '0' && c <= '9') || c == '-' || c == '_'));
    }
    if (!valid) {
      faults.add(
          new Fault(
              IndexJson.NAME,
              "not a name: " + Unfit.excerpt(name),
              "use 1 to 64 letters, digits, - and _, beginning with a letter"));
    }
  }

  /** What keeps a collection from having an index. */
  public static List<Fault> on(CollectionDefinition collection) {
    return collection.format().equals("json")
        ? List.of()
        : List.of(
            new Fault(
                "",
                "the documents of '"
                    + collection.name()
                    + "' are "
                    + collection.format()
                    + " and have no fields",
                "remove the index, or keep them in a collection with value: json"));
  }
}
