package dev.weir.store.filter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.weir.store.Filter;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A filter made ready for stored documents: one pass over a document's bytes finds the fields that
 * the filter names, and ends when it has them all. Immutable, safe from any thread.
 */
public final class FilterMatcher {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

  private final FieldTree fields;
  private final FieldTest test;

  private FilterMatcher(FieldTree fields, FieldTest test) {
    this.fields = fields;
    this.test = test;
  }

  /** Prepares a filter. */
  public static FilterMatcher of(Filter filter) {
    FieldTree fields = new FieldTree();
    return new FilterMatcher(fields, FieldTest.of(filter, fields));
  }

  /** Whether all documents match, so that none need be looked at. */
  public boolean matchesAll() {
    return test == FieldTest.TRUE;
  }

  /**
   * Whether the filter is true of a document.
   *
   * @param json as a collection of JSON documents stores it; in anything else, all fields are
   *     absent
   */
  public boolean matches(byte[] json) {
    @Nullable FieldValue[] found = new FieldValue[fields.size()];
    if (found.length > 0) {
      find(json, found);
    }
    return test.holds(found);
  }

  private void find(byte[] json, @Nullable FieldValue[] found) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        object(parser, fields.root(), found, fields.size());
      }
    } catch (IOException e) {
      Arrays.fill(found, null); // no JSON, so no fields
    }
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
