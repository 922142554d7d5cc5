package dev.weir.store.search;

import dev.weir.store.IndexDefinition;
import dev.weir.store.Key;
import dev.weir.store.index.IndexEntries;
import dev.weir.store.index.ValueEncoding;
import dev.weir.store.write.StateKeys;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Where the parts of an index's entries are. */
record EntryLayout(int index, int fields) {

  static EntryLayout of(IndexDefinition index) {
    return new EntryLayout(index.id(), index.fields().size());
  }

  /** Where the document's key begins in the state key of an entry. */
  int keyAt(byte[] stateKey) {
    ByteBuffer in = ByteBuffer.wrap(stateKey);
    in.position(StateKeys.INDEX_PREFIX);
    if ((in.get() & 0xff) == IndexEntries.OVERFLOW) {
      return in.position(); // a mark has no values
    }
    for (int i = 0; i < fields; i++) {
      ValueEncoding.skip(in);
    }
    return in.position();
  }

  /** The document's key. */
  Key key(byte[] stateKey) {
    return Key.ofEncoded(Arrays.copyOfRange(stateKey, keyAt(stateKey), stateKey.length));
  }

  /** The state key of what begins with a section and values. */
  byte[] stateKey(byte[] start) {
    return StateKeys.index(index, start);
  }

  /** The least state key above one. */
  static byte[] above(byte[] stateKey) {
    return Arrays.copyOf(stateKey, stateKey.length + 1);
  }
}
