package dev.weir.query.audit;

import dev.weir.store.AuditQuery;
import dev.weir.store.Key;
import dev.weir.store.audit.Meaning;
import dev.weir.store.audit.SourceRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The documents of some buckets as the records read so far leave them. Bounded: when it is full it
 * gives up the upper half of its buckets, which another pass over the records takes up. One thread.
 */
final class Expected implements Consequences.Heard {
  /** Bytes of an entry beside its key, roughly. */
  private static final long ENTRY_BYTES = 220;

  private final long capacity;
  private final int low;
  private int high;
  private final Map<Key, List<Effect>> effects = new HashMap<>();
  private final Consequences consequences = new Consequences(this);
  private long bytes;

  /**
   * Nothing yet.
   *
   * @param low first bucket
   * @param high the one behind the last bucket
   * @param capacity bytes that may be used, roughly
   */
  Expected(int low, int high, long capacity) {
    this.low = low;
    this.high = high;
    this.capacity = capacity;
  }

  /** The bucket behind the last one that it knows all of. */
  int high() {
    return high;
  }

  /** Whether even one bucket is too much. */
  boolean isOverflowing() {
    return size() > capacity && high - low <= 1;
  }

  /** Takes what a record means, see {@link Consequences#take}. */
  void take(int source, SourceRecord record, Meaning.Taken taken, boolean open) {
    consequences.take(source, record, taken, open);
  }

  @Override
  public boolean wants(Key key) {
    int bucket = AuditQuery.bucket(key);
    return bucket >= low && bucket < high;
  }

  @Override
  public void hear(Key key, Effect effect) {
    List<Effect> known = effects.get(key);
    if (known == null) {
      effects.put(key, List.of(effect));
      bytes += ENTRY_BYTES + key.bytes().length;
    } else if (known.size() == 1 && known.get(0).isOfLaneOf(effect)) {
      effects.put(key, List.of(effect));
    } else {
      List<Effect> changed = new ArrayList<>(known.size() + 1);
      known.stream().filter(each -> !each.isOfLaneOf(effect)).forEach(changed::add);
      bytes += changed.size() == known.size() ? ENTRY_BYTES : 0;
      changed.add(effect);
      effects.put(key, List.copyOf(changed));
    }
    while (size() > capacity && high - low > 1) {
      giveUpHalf();
    }
  }

  private long size() {
    return bytes + consequences.bytes();
  }

  private void giveUpHalf() {
    high = low + (high - low) / 2;
    for (Iterator<Map.Entry<Key, List<Effect>>> i = effects.entrySet().iterator(); i.hasNext(); ) {
      Map.Entry<Key, List<Effect>> each = i.next();
      if (!wants(each.getKey())) {
        bytes -= ENTRY_BYTES * each.getValue().size() + each.getKey().bytes().length;
        i.remove();
      }
    }
    consequences.forgetUnwanted();
  }

  /** The last effects of every lane on a document; empty = no record is about it. */
  List<Effect> of(Key key) {
    return effects.getOrDefault(key, List.of());
  }

  /** Whether a document may be as it was seen; null = it was not there. */
  boolean allows(Key key, @Nullable Long observed) {
    List<Effect> known = of(key);
    return known.isEmpty()
        ? observed == null
        : known.stream().anyMatch(effect -> effect.leaves(observed));
  }

  /** All documents that a record is about. */
  Set<Key> keys() {
    return effects.keySet();
  }

  /** What the documents of every bucket add up to, if the first lane of each was the last. */
  long[] sums() {
    long[] sums = new long[AuditQuery.BUCKETS];
    effects.forEach((key, known) -> sums[AuditQuery.bucket(key)] += known.get(0).mark());
    return sums;
  }

  /** All effects that were not replaced by newer ones. */
  Iterable<List<Effect>> last() {
    return effects.values();
  }
}
