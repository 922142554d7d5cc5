package dev.weir.examples.social.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Takes the values of a path out of a document. */
public final class DocumentValues {

  private static final String EACH = "[]";

  private DocumentValues() {}

  /** The values as text, sorted, as {@link Fact#values} has them; empty if there are none. */
  public static List<String> at(JsonNode document, String path) {
    List<String> values = new ArrayList<>();
    int each = path.indexOf(EACH);
    if (each < 0) {
      addText(document.path(path), values);
    } else {
      String rest = path.substring(each + EACH.length());
      for (JsonNode entry : document.path(path.substring(0, each))) {
        addText(rest.isEmpty() ? entry : entry.path(rest.substring(1)), values);
      }
    }
    return values.stream().sorted().toList();
  }

  private static void addText(JsonNode value, List<String> values) {
    if (!value.isMissingNode() && !value.isNull()) {
      values.add(value.asText());
    }
  }
}
