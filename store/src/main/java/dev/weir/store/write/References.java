package dev.weir.store.write;

import dev.weir.store.CollectionDefinition;
import dev.weir.store.FieldReference;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyType;
import dev.weir.store.write.EdgeTypes.EdgeType;
import dev.weir.store.write.JsonText.Node;
import dev.weir.store.write.JsonText.ObjectNode;
import dev.weir.store.write.JsonText.RawNode;
import dev.weir.store.write.JsonText.Slice;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a field of a document refers to: the keys at the end of the field's path, each with the
 * properties of its edge. Lists on the way and at the end are gone through, but not lists within
 * lists. What is absent, null, or no key of the collection referred to, gives nothing; of what is
 * there twice, the first counts.
 *
 * <p>If the reference is a member of an object in a list, the object's other members are the edge's
 * properties, as they are written; else it has none. A reference to a key of several parts is the
 * key's textual form.
 */
final class References {
  private static final byte[] NONE = "{}".getBytes(StandardCharsets.UTF_8);

  private final List<String> path;
  private final KeyType type;
  private final KeyCodec keys;
  private final SortedMap<Key, byte[]> found = new TreeMap<>();

  private References(FieldReference field, KeyType type) {
    this.path = field.path();
    this.type = type;
    this.keys = KeyCodec.of(type);
  }

  /** The references of a document to documents of the type's other end, in key order. */
  static SortedMap<Key, byte[]> of(EdgeType type, byte @Nullable [] document) {
    CollectionDefinition.Edge edge = type.definition().edge();
    FieldReference field = edge == null ? null : edge.field();
    if (document == null || field == null) {
      return new TreeMap<>();
    }
    References references = new References(field, type.keys().ends().to());
    try {
      references.follow(JsonText.read(document), 0, null);
    } catch (UnmergeableException e) {
      references.found.clear(); // no JSON that is followed, so no references at all
    }
    return references.found;
  }

  /**
   * Follows the path.
   *
   * @param depth names of the path that led here
   * @param element the object in a list whose member the node is; null = none
   */
  private void follow(Node node, int depth, @Nullable ObjectNode element)
      throws UnmergeableException {
    if (node instanceof RawNode raw && raw.isList()) {
      for (Node each : JsonText.elements(raw.text())) {
        boolean nested = each instanceof RawNode inner && inner.isList();
        if (!nested) {
          visit(each, depth, each instanceof ObjectNode object ? object : null, null);
        }
      }
      return;
    }
    visit(node, depth, null, element);
  }

  private void visit(
      Node node, int depth, @Nullable ObjectNode inList, @Nullable ObjectNode element)
      throws UnmergeableException {
    if (depth < path.size()) {
      JsonText.Member member =
          node instanceof ObjectNode object ? object.members().get(path.get(depth)) : null;
      if (member != null) {
        follow(member.value(), depth + 1, depth + 1 == path.size() ? inList : null);
      }
    } else if (node instanceof RawNode raw) {
      Key key = key(raw.text());
      if (key != null) {
        found.putIfAbsent(key, element == null ? NONE : without(element, path.get(depth - 1)));
      }
    }
  }

  private @Nullable Key key(Slice text) throws UnmergeableException {
    boolean quoted = text.bytes()[text.from()] == '"';
    if (quoted == (type == KeyType.Scalar.LONG)) {
      return null;
    }
    try {
      if (type == KeyType.Scalar.STRING) {
        return keys.encode(JsonText.unquoted(text));
      }
      return keys.fromText(quoted ? JsonText.unquoted(text) : text.asWritten());
    } catch (InvalidKeyException e) {
      return null;
    }
  }

  private static byte[] without(ObjectNode object, String name) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write('{');
    object
        .members()
        .forEach(
            (each, member) -> {
              if (!each.equals(name)) {
                if (out.size() > 1) {
                  out.write(',');
                }
                member.name().writeTo(out);
                out.write(':');
                member.value().text().writeTo(out);
              }
            });
    out.write('}');
    return out.toByteArray();
  }
}
