package dev.weir.store.filter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds the fields of a {@link FieldTree} in documents, in one pass that ends with the last. */
final class FieldFinder {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

  private FieldFinder() {}

  /** Values by number of the field; null = absent or null, as all are of what is no object. */
  static @Nullable FieldValue[] find(byte[] json, FieldTree fields) {
    @Nullable FieldValue[] found = new FieldValue[fields.size()];
    if (found.length == 0) {
      return found;
    }
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        object(parser, fields.root(), found, fields.size());
      }
    } catch (IOException e) {
      Arrays.fill(found, null); // no JSON, so no fields
    }
    return found;
  }

  /**
   * Reads an object to its end, or until all fields were met.
   *
   * @param missing fields that were not met so far
   * @return how many were not met then
   */
  private static int object(
      JsonParser parser, FieldTree.Node node, @Nullable FieldValue[] found, int missing)
      throws IOException {
    int left = missing;
    while (left > 0 && parser.nextToken() == JsonToken.FIELD_NAME) {
      FieldTree.Node child = node.child(parser.currentName());
      JsonToken token = parser.nextToken();
      if (child == null) {
        parser.skipChildren();
        continue;
      }
      if (child.index() >= 0) {
        found[child.index()] = FieldValue.read(parser);
        left--;
      }
      if (token == JsonToken.START_OBJECT) {
        if (child.hasChildren()) {
          left = object(parser, child, found, left);
        } else {
          parser.skipChildren();
        }
      } else if (token == JsonToken.START_ARRAY) {
        parser.skipChildren(); // a list that was read is at its end already
      }
    }
    return left;
  }
}
