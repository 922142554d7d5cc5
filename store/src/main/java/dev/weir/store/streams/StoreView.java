package dev.weir.store.streams;

import dev.weir.store.Catalogue;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.Position;
import dev.weir.store.read.NeighbourCache;
import dev.weir.store.read.ShardView;
import dev.weir.store.rocksdb.RocksShard;
import dev.weir.store.write.EdgeTypes;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What readers see of a shard's database; one thread, the folding one, moves its positions on. */
public final class StoreView implements ShardView {
  private final RocksShard database;
  private final NeighbourCache neighbours;
  private volatile Position applied;
  private volatile Position reached;
  private volatile Definitions definitions;

  private record Definitions(Catalogue catalogue, boolean[] known, EdgeTypes edges) {}

  /**
   * A view as of now.
   *
   * @param database outlives the view
   * @param position that the database has reached
   * @param catalogue definitions it has at that position
   */
  public StoreView(RocksShard database, Position position, Catalogue catalogue) {
    this(database, position, catalogue, new NeighbourCache(0));
  }

  /**
   * A view as of now.
   *
   * @param database outlives the view
   * @param position that the database has reached
   * @param catalogue definitions it has at that position
   * @param neighbours empty
   */
  public StoreView(
      RocksShard database, Position position, Catalogue catalogue, NeighbourCache neighbours) {
    this.database = database;
    this.neighbours = neighbours;
    this.applied = position;
    this.reached = position;
    this.definitions = index(catalogue);
  }

  @Override
  public byte @Nullable [] get(byte[] stateKey) {
    return database.get(stateKey);
  }

  @Override
  public List<byte @Nullable []> multiGet(List<byte[]> stateKeys) {
    return database.multiGet(stateKeys);
  }

  @Override
  public Walk walk(byte[] from, byte[] to, boolean descending) {
    return database.walk(from, to, descending);
  }

  @Override
  public Still still() {
    return database.still();
  }

  @Override
  public Walk visit(byte[] from, byte[] to) {
    return database.visit(from, to);
  }

  @Override
  public NeighbourCache neighbours() {
    return neighbours;
  }

  @Override
  public EdgeTypes edges() {
    return definitions.edges();
  }

  @Override
  public Catalogue catalogue() {
    return definitions.catalogue();
  }

  @Override
  public boolean knows(int collection) {
    boolean[] known = definitions.known();
    return collection > 0 && collection < known.length && known[collection];
  }

  @Override
  public Position applied() {
    return applied;
  }

  @Override
  public Position reached() {
    return reached;
  }

  @Override
  public void checkpoint(Path target) {
    database.checkpoint(target);
  }

  @Override
  public long sizeBytes() {
    return database.sizeBytes();
  }

  /** About to write everything up to {@code position}. */
  public void reaching(Position position) {
    reached = position;
  }

  /** Everything up to {@code position} is written. */
  public void applied(Position position) {
    applied = position;
  }

  /** About to write these entries, and so everything up to {@code position}. */
  public void writing(Position position, Iterable<byte[]> stateKeys) {
    neighbours.writing(stateKeys, definitions.edges());
    reaching(position);
  }

  /** They are written. */
  public void written(Position position) {
    neighbours.written();
    applied(position);
  }

  void define(Catalogue catalogue) {
    definitions = index(catalogue);
    neighbours.clear();
  }

  private static Definitions index(Catalogue catalogue) {
    boolean[] known = new boolean[catalogue.nextId()];
    for (CollectionDefinition collection : catalogue.collections()) {
      known[collection.id()] = true;
    }
    return new Definitions(catalogue, known, EdgeTypes.of(catalogue));
  }
}
