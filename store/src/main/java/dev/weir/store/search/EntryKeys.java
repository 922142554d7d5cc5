package dev.weir.store.search;

import dev.weir.store.Key;
import dev.weir.store.KeyRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys in entries of an index, in the order of the entries. */
final class EntryKeys implements KeySource {
  private final Entries walk;
  private final EntryLayout layout;
  private final KeyRange range;
  private long entries;

  /**
   * Keys.
   *
   * @param walk closed with them
   * @param range those that are wanted
   */
  EntryKeys(Entries walk, EntryLayout layout, KeyRange range) {
    this.walk = walk;
    this.layout = layout;
    this.range = range;
  }

  @Override
  public @Nullable Named next() {
    for (byte[] entry = walk.next(); entry != null; entry = walk.next()) {
      entries++;
      Key key = layout.key(entry);
      if (range.contains(key.bytes())) {
        return new Named(key, entry);
      }
    }
    return null;
  }

  @Override
  public long entries() {
    return entries;
  }

  @Override
  public void close() {
    walk.close();
  }

  /** All of them in the order of the keys; null = more than {@code most} entries were read. */
  @Nullable KeySource sorted(int most) {
    List<Named> keys = new ArrayList<>();
    for (Named key = next(); key != null; key = next()) {
      if (entries > most) {
        return null;
      }
      keys.add(key);
    }
    keys.sort(Comparator.comparing(Named::key));
    return new Listed(keys.iterator(), entries);
  }

  private record Listed(Iterator<Named> keys, long entries) implements KeySource {
    @Override
    public @Nullable Named next() {
      return keys.hasNext() ? keys.next() : null;
    }

    @Override
    public void close() {
      // holds nothing
    }
  }
}
