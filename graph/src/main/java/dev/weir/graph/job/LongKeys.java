package dev.weir.graph.job;

import dev.weir.store.InvalidKeyException;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyType;

/** Keys of the only collection of vertices, where these are numbers. */
final class LongKeys {

  private static final KeyCodec CODEC = KeyCodec.of(KeyType.Scalar.LONG);

  private LongKeys() {}

  static byte[] tagged(long id) {
    try {
      return BuildPlan.tagged(0, CODEC.encode(id).bytes());
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("every long is a key", e);
    }
  }
}
