package dev.weir.store.testing;

import dev.weir.store.Catalogue;
import dev.weir.store.Position;
import dev.weir.store.read.ShardView;
import dev.weir.store.write.EdgeTypes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A {@link MapState} as readers see a shard. */
final class MapView implements ShardView {
  private final NavigableMap<byte[], byte[]> entries;
  private final Supplier<Catalogue> catalogue;
  private final Supplier<Position> position;

  MapView(
      NavigableMap<byte[], byte[]> entries,
      Supplier<Catalogue> catalogue,
      Supplier<Position> position) {
    this.entries = entries;
    this.catalogue = catalogue;
    this.position = position;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    return entries.get(key);
  }

  @Override
  public List<byte @Nullable []> multiGet(List<byte[]> stateKeys) {
    List<byte @Nullable []> values = new ArrayList<>();
    stateKeys.forEach(key -> values.add(entries.get(key)));
    return values;
  }

  @Override
  public Walk walk(byte[] from, byte[] to, boolean descending) {
    // A range whose end lies before its beginning is empty, as it is in RocksDB.
    byte[] end = Arrays.compareUnsigned(from, to) > 0 ? from : to;
    NavigableMap<byte[], byte[]> range = entries.subMap(from, true, end, false);
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
      return position.get();
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
  public EdgeTypes edges() {
    return EdgeTypes.of(catalogue.get());
  }

  @Override
  public Catalogue catalogue() {
    return catalogue.get();
  }

  @Override
  public boolean knows(int collection) {
    return catalogue.get().collection(collection).isPresent();
  }

  @Override
  public Position applied() {
    return position.get();
  }

  @Override
  public Position reached() {
    return position.get();
  }

  @Override
  public void checkpoint(Path target) {
    throw new UnsupportedOperationException("a state in memory has no files");
  }

  @Override
  public long sizeBytes() {
    return 0;
  }

  /** A walk over a part of the map, which does not change meanwhile. */
  private static final class MapWalk implements Walk {
    private final NavigableMap<byte[], byte[]> range;
    private Map.@Nullable Entry<byte[], byte[]> entry;

    /** A walk in the map's order. */
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
      return current().getKey();
    }

    @Override
    public byte[] value() {
      return current().getValue();
    }

    @Override
    public void next() {
      entry = range.higherEntry(current().getKey());
    }

    @Override
    public void seek(byte[] key) {
      entry = range.ceilingEntry(key);
    }

    @Override
    public void close() {
      // holds nothing
    }

    private Map.Entry<byte[], byte[]> current() {
      Map.Entry<byte[], byte[]> here = entry;
      if (here == null) {
        throw new IllegalStateException("behind the last entry");
      }
      return here;
    }
  }
}
