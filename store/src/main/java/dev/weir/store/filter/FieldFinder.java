package dev.weir.store.filter;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the fields of a {@link FieldTree} in documents, in one pass that ends with the last. No
 * library reads for it, because the fold keeps indexes by what it finds: every release must find
 * the same.
 */
final class FieldFinder {
  private final JsonScan json;
  private final @Nullable FieldValue[] found;
  private int missing;

  private FieldFinder(byte[] json, @Nullable FieldValue[] found) {
    this.json = new JsonScan(json);
    this.found = found;
    this.missing = found.length;
  }

  /** Values by number of the field; null = absent or null, as all are of what is no object. */
  static @Nullable FieldValue[] find(byte[] json, FieldTree fields) {
    @Nullable FieldValue[] found = new FieldValue[fields.size()];
    if (found.length == 0) {
      return found;
    }
    try {
      FieldFinder finder = new FieldFinder(json, found);
      if (finder.json.peek() == '{') {
        finder.object(fields.root());
      }
    } catch (MalformedJsonException e) {
      Arrays.fill(found, null); // no JSON, so no fields
    }
    return found;
  }

  /** Reads an object to its end, or until all fields were met. */
  private void object(FieldTree.Node node) throws MalformedJsonException {
    json.enter();
    if (json.leave('}')) {
      return;
    }
    do {
      FieldTree.Node child = json.name(node);
      if (child == null) {
        json.skip();
      } else {
        value(child);
      }
    } while (missing > 0 && json.more('}'));
  }

  private void value(FieldTree.Node child) throws MalformedJsonException {
    boolean object = json.peek() == '{';
    if (child.index() >= 0) {
      found[child.index()] = object ? FieldValue.OTHER : json.value();
      missing--;
      if (!object) {
        return;
      }
    }
    if (object && child.hasChildren()) {
      object(child);
    } else {
      json.skip();
    }
  }
}
