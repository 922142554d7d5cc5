package dev.weir.query.graphql.types;

import dev.weir.store.Key;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;

/**
 * Global ids of documents (Relay's object identification): opaque text that stays the same as long
 * as collection and key do.
 *
 * <p>Bytes: format, id of the collection, encoded key; as base64url.
 */
public final class NodeIds {
  private static final byte FORMAT = 1;
  private static final int HEAD = 1 + Integer.BYTES;

  private NodeIds() {}

  /** What an id stands for; whether there is such a collection or document is not known yet. */
  public record NodeId(int collection, Key key) {}

  public static String text(int collection, Key key) {
    byte[] bytes =
        ByteBuffer.allocate(HEAD + key.bytes().length)
            .put(FORMAT)
            .putInt(collection)
            .put(key.bytes())
            .array();
    return Scalars.text(bytes);
  }

  /** Reads {@link #text}; empty if it is not one. */
  public static Optional<NodeId> parse(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (bytes.length < HEAD || bytes[0] != FORMAT || !Scalars.text(bytes).equals(text)) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
    int collection = buffer.getInt();
    byte[] key = new byte[buffer.remaining()];
    buffer.get(key);
    return Optional.of(new NodeId(collection, Key.ofEncoded(key)));
  }
}
