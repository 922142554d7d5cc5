package dev.weir.store.search;

import dev.weir.store.Key;
import dev.weir.store.KeyRange;
import dev.weir.store.write.StateKeys;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The documents of a range of keys, in the order of their keys. */
final class KeyRows implements Rows {
  private static final byte[] NO_ENTRY = {};

  private final SearchView view;
  private final StateWalk walk;
  private long documents;

  KeyRows(SearchView view, int collection, KeyRange range) {
    byte[] from = range.from();
    byte[] lower =
        from == null
            ? StateKeys.documents(collection)
            : above(StateKeys.document(collection, from), !range.fromInclusive());
    byte[] to = range.to();
    byte[] upper =
        to == null
            ? StateKeys.documents(collection + 1)
            : above(StateKeys.document(collection, to), range.toInclusive());
    this.view = view;
    this.walk = view.scan(lower, Arrays.compareUnsigned(lower, upper) > 0 ? lower : upper);
  }

  @Override
  public @Nullable Row next() {
    while (walk.valid()) {
      byte[] stateKey = walk.key();
      byte[] stored = walk.value();
      walk.next();
      documents++;
      Key key = StateKeys.documentKey(stateKey);
      if (!view.isGone(key, stored)) {
        return new Row(key, stored, NO_ENTRY);
      }
    }
    return null;
  }

  @Override
  public long entries() {
    return 0;
  }

  @Override
  public long documents() {
    return documents;
  }

  @Override
  public void close() {
    walk.close();
  }

  /** The key itself, or the least one above it. */
  private static byte[] above(byte[] key, boolean next) {
    return next ? Arrays.copyOf(key, key.length + 1) : key;
  }
}
