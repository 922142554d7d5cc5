package dev.weir.store.search;

import dev.weir.store.search.KeySource.Named;
import dev.weir.store.write.StateKeys;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The documents of keys, in the order of the keys; several are read together. */
final class NamedRows implements Rows {
  /** Documents that are read together at most. */
  private static final int MOST_TOGETHER = 256;

  private final SearchView view;
  private final int collection;
  private final KeySource source;
  private final Deque<Row> ready = new ArrayDeque<>();
  private int together;
  private long documents;

  /**
   * Rows.
   *
   * @param source closed with them
   * @param expected so many are probably wanted
   */
  NamedRows(SearchView view, int collection, KeySource source, int expected) {
    this.view = view;
    this.collection = collection;
    this.source = source;
    this.together = Math.max(1, Math.min(expected, MOST_TOGETHER));
  }

  @Override
  public @Nullable Row next() {
    while (ready.isEmpty()) {
      List<Named> keys = keys();
      if (keys.isEmpty()) {
        return null;
      }
      read(keys);
      together = Math.min(2 * together, MOST_TOGETHER);
    }
    return ready.poll();
  }

  private List<Named> keys() {
    List<Named> keys = new ArrayList<>(together);
    while (keys.size() < together) {
      Named key = source.next();
      if (key == null) {
        break;
      }
      keys.add(key);
    }
    return keys;
  }

  private void read(List<Named> keys) {
    List<byte[]> stateKeys = new ArrayList<>(keys.size());
    keys.forEach(key -> stateKeys.add(StateKeys.document(collection, key.key().bytes())));
    List<byte @Nullable []> stored = view.multiGet(stateKeys);
    documents += keys.size();
    for (int i = 0; i < keys.size(); i++) {
      byte[] document = stored.get(i);
      Named named = keys.get(i);
      if (document != null && !view.isGone(named.key(), document)) {
        ready.add(new Row(named.key(), document, named.entry()));
      }
    }
  }

  @Override
  public long entries() {
    return source.entries();
  }

  @Override
  public long documents() {
    return documents;
  }

  @Override
  public void close() {
    source.close();
  }
}
