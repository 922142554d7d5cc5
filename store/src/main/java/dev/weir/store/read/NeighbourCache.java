package dev.weir.store.read;

import dev.weir.store.GraphQuery.Side;
import dev.weir.store.Key;
import dev.weir.store.write.EdgeTypes;
import dev.weir.store.write.EdgeTypes.EdgeType;
import dev.weir.store.write.StateKeys;
import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The whole neighbourhoods of vertices of one shard, packed, as far as memory allows. What is here
 * is what a walk over the state would find: the folding thread says before and after it writes a
 * batch, takes out what the batch changes, and lets nobody put in what was read before or while it
 * wrote. Safe from any thread; {@link #writing} and {@link #written} from the folding one.
 */
public final class NeighbourCache {
  /** Bytes of an entry beside its own: objects, references, a place in a table. */
  private static final int AROUND = 160;

  private final long capacity;
  private final ConcurrentHashMap<Place, byte[]> entries = new ConcurrentHashMap<>();
  private final AtomicLong bytes = new AtomicLong();

  // Odd while a batch is written; changed under "this", under which also entries are put.
  private volatile long stamp;

  /** One side of a vertex; the vertex is what the keys of its edges begin with. */
  private record Place(int collection, Side side, Key vertex) {}

  /**
   * An empty cache.
   *
   * @param capacity about how many bytes it may take; 0 = it keeps nothing
   */
  public NeighbourCache(long capacity) {
    this.capacity = capacity;
  }

  /** The packed links of a vertex; null = they are not here. */
  byte @Nullable [] get(int collection, Side side, byte[] vertex) {
    return entries.get(new Place(collection, side, Key.ofEncoded(vertex)));
  }

  /** Stands for now: whoever wants to put something in takes it before he reads. */
  long stamp() {
    return stamp;
  }

  /**
   * Keeps the links of a vertex, unless something was written since.
   *
   * @param before {@link #stamp} before they were read
   */
  void put(int collection, Side side, byte[] vertex, byte[] links, long before) {
    long size = (long) AROUND + vertex.length + links.length;
    if (size > capacity / 8 || (before & 1) == 1) {
      return;
    }
    synchronized (this) {
      if (stamp != before) {
        return;
      }
      Place place = new Place(collection, side, Key.ofEncoded(vertex));
      if (entries.putIfAbsent(place, links) == null && bytes.addAndGet(size) > capacity) {
        makeRoom();
      }
    }
  }

  /** The batch with these state keys is about to be written. */
  public synchronized void writing(Iterable<byte[]> stateKeys, EdgeTypes types) {
    stamp++;
    if (!entries.isEmpty()) {
      stateKeys.forEach(stateKey -> forget(stateKey, types));
    }
  }

  /** The batch is written. */
  public synchronized void written() {
    stamp++;
  }

  /** Forgets everything: the definitions have changed. */
  public synchronized void clear() {
    entries.clear();
    bytes.set(0);
  }

  private void forget(byte[] stateKey, EdgeTypes types) {
    StateKeys.Part part = StateKeys.part(stateKey);
    if (part == StateKeys.Part.OTHER) {
      return;
    }
    EdgeType type = types.of(StateKeys.collection(stateKey));
    if (type == null) {
      return;
    }
    if (part == StateKeys.Part.HIDDEN) {
      byte[] vertex = Arrays.copyOfRange(stateKey, StateKeys.HIDDEN_PREFIX, stateKey.length);
      remove(new Place(type.id(), StateKeys.hiddenSide(stateKey), Key.ofEncoded(vertex)));
      return;
    }
    Key key = LocalReader.key(stateKey);
    if (part == StateKeys.Part.DOCUMENT) {
      byte[] vertex = type.keys().outPrefix(type.keys().from(key));
      remove(new Place(type.id(), Side.OUT, Key.ofEncoded(vertex)));
    } else {
      byte[] vertex = type.keys().inPrefix(type.keys().to(type.keys().restored(key)));
      remove(new Place(type.id(), Side.IN, Key.ofEncoded(vertex)));
    }
  }

  private void remove(Place place) {
    byte[] links = entries.remove(place);
    if (links != null) {
      bytes.addAndGet(-(AROUND + place.vertex().bytes().length + links.length));
    }
  }

  /** Drops a quarter of what there is, in the table's order, which is as good as random. */
  private void makeRoom() {
    Iterator<Place> places = entries.keySet().iterator();
    while (bytes.get() > capacity / 4 * 3 && places.hasNext()) {
      remove(places.next());
    }
  }
}
