package dev.weir.store.search;

import dev.weir.store.Filter.Value;
import dev.weir.store.IndexDefinition;
import dev.weir.store.Key;
import dev.weir.store.KeyRange;
import dev.weir.store.SearchQuery.Duplicates;
import dev.weir.store.SearchQuery.Occurrence;
import dev.weir.store.SearchQuery.Occurrences;
import dev.weir.store.index.IndexEntries;
import dev.weir.store.index.ValueEncoding;
import dev.weir.store.write.StateKeys;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts how often values of an index occur. Used once, by one thread. */
final class ValueCount {
  private final Duplicates query;
  private final IndexDefinition index;
  private final EntryLayout layout;
  private final List<Occurrence> found = new ArrayList<>();
  private byte[] values = {};
  private long documents;
  private List<Key> keys = new ArrayList<>();

  ValueCount(Duplicates query, IndexDefinition index) {
    this.query = query;
    this.index = index;
    this.layout = EntryLayout.of(index);
  }

  Occurrences page(SearchView view) {
    byte[] from = layout.stateKey(new byte[] {IndexEntries.WHOLE});
    byte[] to = layout.stateKey(new byte[] {IndexEntries.WHOLE + 1});
    byte[] after = query.after();
    if (after != null) {
      // Above all entries of these values: whatever key is behind them.
      byte[] successor = KeyRange.successor(concat(from, after));
      from = successor == null ? to : successor;
    }
    if (Arrays.compareUnsigned(from, to) >= 0) {
      return new Occurrences(List.of(), null);
    }
    try (StateWalk walk = view.walk(from, to, false)) {
      for (; walk.valid(); walk.next()) {
        byte[] entry = walk.key();
        int keyAt = layout.keyAt(entry);
        byte[] now = Arrays.copyOfRange(entry, StateKeys.INDEX_PREFIX + 1, keyAt);
        if (!Arrays.equals(now, values)) {
          end();
          if (found.size() == query.limit()) {
            return new Occurrences(found, found.get(found.size() - 1).place());
          }
          values = now;
        }
        Key key = Key.ofEncoded(Arrays.copyOfRange(entry, keyAt, entry.length));
        if (isThere(view, key)) {
          documents++;
          if (keys.size() < Occurrence.MOST_KEYS) {
            keys.add(key);
          }
        }
      }
    }
    end();
    return new Occurrences(found, null);
  }

  private boolean isThere(SearchView view, Key key) {
    if (!view.someAreGone()) {
      return true;
    }
    byte[] stored =
        view.multiGet(List.of(StateKeys.document(index.collection(), key.bytes()))).get(0);
    return stored != null && !view.isGone(key, stored);
  }

  /** All documents of the present values have come. */
  private void end() {
    if (documents > 0) {
      occurrence().ifPresent(found::add);
    }
    documents = 0;
    keys = new ArrayList<>();
  }

  private Optional<Occurrence> occurrence() {
    List<Value> decoded = new ArrayList<>();
    boolean exact = true;
    boolean something = false;
    ByteBuffer in = ByteBuffer.wrap(values);
    for (int i = 0; i < index.fields().size(); i++) {
      if (ValueEncoding.isOther(values[in.position()])) {
        return Optional.empty();
      }
      @Nullable Value value = ValueEncoding.take(in);
      something |= !(value instanceof Value.Null);
      exact &= value != null;
      decoded.add(value == null ? new Value.Text("…") : value);
    }
    return something
        ? Optional.of(new Occurrence(values, decoded, documents, keys, exact))
        : Optional.empty();
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
