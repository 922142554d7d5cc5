package dev.weir.graph.job;

import dev.weir.store.CollectionDefinition;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyType;
import java.util.ArrayList;
import java.util.List;

/** Keys of the documents that hold the values of a run. Safe from any thread. */
final class Keys {

  private final BuildPlan plan;
  private final String run;
  private final KeyCodec codec;

  Keys(BuildPlan plan, String run) {
    this.plan = plan;
    this.run = run;
    this.codec = KeyCodec.of(ResultCollections.keys(plan.vertices()));
  }

  /** A vertex's key as a {@link KeyCodec} decodes it. */
  static Object value(BuildPlan plan, byte[] tagged) {
    KeyType type = plan.vertices().get(tagged[0]).keyType();
    return KeyCodec.of(type).decode(Key.ofEncoded(BuildPlan.untagged(tagged)));
  }

  /** The key of a vertex's value. */
  Key of(byte[] tagged) {
    List<Object> parts = new ArrayList<>(List.of(run));
    if (plan.vertices().size() > 1) {
      CollectionDefinition collection = plan.vertices().get(tagged[0]);
      Key key = Key.ofEncoded(BuildPlan.untagged(tagged));
      parts.add(collection.name());
      parts.add(KeyCodec.of(collection.keyType()).toText(key));
    } else if (value(plan, tagged) instanceof List<?> several) {
      parts.addAll(several);
    } else {
      parts.add(value(plan, tagged));
    }
    try {
      return codec.encode(parts);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("a key of a document that is no key: " + parts, e);
    }
  }

  /** A key of text. */
  static Key text(String text) {
    try {
      return KeyCodec.of(KeyType.Scalar.STRING).encode(text);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("no key: " + text, e);
    }
  }
}
