package dev.weir.graph.traverse;

import dev.weir.store.Key;
import org.jspecify.annotations.Nullable;

/**
 * Keys, each once. A table of hashes without entries around them: of a walk's edges most lead to
 * vertices that it has met, and are told by one look. Used by one thread.
 */
final class KeySet {
  private static final int FIRST = 16;
  private static final int EMPTY = 0;

  // A hash of 0 stands for nothing; a power of two long, at most half of it in use.
  private int[] hashes = new int[FIRST];
  private @Nullable Key[] keys = new Key[FIRST];
  private int size;

  /** Whether the key was not there before. */
  boolean add(Key key) {
    int hash = hash(key);
    int mask = hashes.length - 1;
    int at = hash & mask;
    while (hashes[at] != EMPTY) {
      if (hashes[at] == hash && key.equals(keys[at])) {
        return false;
      }
      at = (at + 1) & mask;
    }
    hashes[at] = hash;
    keys[at] = key;
    size++;
    if (size > hashes.length / 2) {
      grow();
    }
    return true;
  }

  private static int hash(Key key) {
    int hash = key.hashCode();
    return hash == EMPTY ? 1 : hash;
  }

  private void grow() {
    int[] oldHashes = hashes;
    @Nullable Key[] oldKeys = keys;
    hashes = new int[2 * oldHashes.length];
    keys = new Key[2 * oldHashes.length];
    int mask = hashes.length - 1;
    for (int old = 0; old < oldHashes.length; old++) {
      if (oldHashes[old] != EMPTY) {
        int at = oldHashes[old] & mask;
        while (hashes[at] != EMPTY) {
          at = (at + 1) & mask;
        }
        hashes[at] = oldHashes[old];
        keys[at] = oldKeys[old];
      }
    }
  }
}
