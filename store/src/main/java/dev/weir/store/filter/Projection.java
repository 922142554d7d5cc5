package dev.weir.store.filter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.weir.store.Filter.Field;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * Chosen fields of stored JSON documents. What is chosen stays in the order and the spelling of the
 * document; fields within objects keep the objects around them. Immutable, safe from any thread.
 */
public final class Projection {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

  private final FieldTree fields = new FieldTree();

  private Projection(List<String> paths) {
    paths.forEach(path -> fields.index(Field.of(path)));
  }

  /**
   * Prepares a choice.
   *
   * @param paths as {@link Field#of} reads them; a document has none of them = an empty object
   */
  public static Projection of(List<String> paths) {
    return new Projection(paths);
  }

  /**
   * The chosen fields of a document.
   *
   * @param json as a collection of JSON documents stores it; anything but an object comes back as
   *     it is
   */
  public byte[] of(byte[] json) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return json;
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      object(parser, fields.root(), json, out);
      return out.toByteArray();
    } catch (IOException e) {
      return json; // no JSON, so there is nothing to choose from
    }
  }

  private static void object(
      JsonParser parser, FieldTree.Node node, byte[] json, ByteArrayOutputStream out)
      throws IOException {
    out.write('{');
    boolean first = true;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      int name = (int) parser.currentTokenLocation().getByteOffset();
      FieldTree.Node child = node.child(parser.currentName());
      JsonToken token = parser.nextToken();
      boolean descends = child != null && child.index() < 0 && token == JsonToken.START_OBJECT;
      if (child == null || (child.index() < 0 && !descends)) {
        parser.skipChildren();
        continue;
      }
      if (!first) {
        out.write(',');
      }
      first = false;
      int value = (int) parser.currentTokenLocation().getByteOffset();
      if (descends) {
        out.write(json, name, value - name);
        object(parser, child, json, out);
      } else {
        parser.skipChildren();
        parser.finishToken();
        out.write(json, name, (int) parser.currentLocation().getByteOffset() - name);
      }
    }
    out.write('}');
  }
}
