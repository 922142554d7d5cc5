package dev.weir.store.write;

import dev.weir.store.Catalogue;
import dev.weir.store.Position;
import dev.weir.store.read.ShardView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A {@link MapState} as readers see a shard. */
final class MapView implements ShardView {
  private final TreeMap<byte[], byte[]> entries;
  private final Catalogue catalogue;
  private final Position position;

  MapView(MapState state, Catalogue catalogue, Position position) {
    this.entries = (TreeMap<byte[], byte[]>) state.entries();
    this.catalogue = catalogue;
    this.position = position;
  }

  @Override
  public byte @Nullable [] get(byte[] stateKey) {
    return entries.get(stateKey);
  }

  @Override
  public List<byte @Nullable []> multiGet(List<byte[]> stateKeys) {
    List<byte @Nullable []> values = new ArrayList<>();
    stateKeys.forEach(key -> values.add(entries.get(key)));
    return values;
  }

  @Override
  public Walk walk(byte[] from, byte[] to, boolean descending) {
    boolean empty = Arrays.compareUnsigned(from, to) > 0;
    NavigableMap<byte[], byte[]> range = entries.subMap(from, true, empty ? from : to, false);
    return new MapWalk(descending ? range.descendingMap() : range);
  }

  @Override
  public Walk visit(byte[] from, byte[] to) {
    return walk(from, to, false);
  }

  @Override
  public Still still() {
    return new MapStill();
  }

  /** The state itself: nobody changes it while somebody asks. */
  private final class MapStill implements Still {
    @Override
    public Position position() {
      return position;
    }

    @Override
    public Walk walk(byte[] from, byte[] to) {
      return visit(from, to, false);
    }

    @Override
    public Walk visit(byte[] from, byte[] to, boolean descending) {
      return MapView.this.walk(from, to, descending);
    }

    @Override
    public List<byte @Nullable []> multiGet(List<byte[]> stateKeys) {
      return MapView.this.multiGet(stateKeys);
    }

    @Override
    public void close() {
      // holds nothing
    }
  }

  @Override
  public Catalogue catalogue() {
    return catalogue;
  }

  @Override
  public EdgeTypes edges() {
    return EdgeTypes.of(catalogue);
  }

  @Override
  public boolean knows(int collection) {
    return catalogue.collection(collection).isPresent();
  }

  @Override
  public Position applied() {
    return position;
  }

  @Override
  public Position reached() {
    return position;
  }

  @Override
  public void checkpoint(Path target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long sizeBytes() {
    return 0;
  }

  private static final class MapWalk implements Walk {
    private final NavigableMap<byte[], byte[]> range;
    private Map.@Nullable Entry<byte[], byte[]> entry;

    MapWalk(NavigableMap<byte[], byte[]> range) {
      this.range = range;
      this.entry = range.firstEntry();
    }

    @Override
    public boolean valid() {
      return entry != null;
    }

    @Override
    public byte[] key() {
      return entry.getKey();
    }

    @Override
    public byte[] value() {
      return entry.getValue();
    }

    @Override
    public void next() {
      entry = range.higherEntry(entry.getKey());
    }

    @Override
    public void seek(byte[] key) {
      entry = range.ceilingEntry(key);
    }

    @Override
    public void close() {
      // holds nothing
    }
  }
}
