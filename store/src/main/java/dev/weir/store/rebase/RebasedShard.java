package dev.weir.store.rebase;

import dev.weir.store.Catalogue;
import dev.weir.store.CatalogueJson;
import dev.weir.store.Position;
import dev.weir.store.UnreadableDefinitionsException;
import dev.weir.store.rocksdb.BatchedState;
import dev.weir.store.rocksdb.RocksResources;
import dev.weir.store.rocksdb.RocksShard;
import dev.weir.store.rocksdb.StateIdentity;
import dev.weir.store.write.Rebase;
import dev.weir.store.write.StateKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A shard's database on disk, turned into one of another log. */
final class RebasedShard {
  private RebasedShard() {}

  /** The definitions in a database that nobody has open. */
  static Catalogue definitions(Path database) throws IOException {
    byte @Nullable [] stored = RocksShard.peek(database, List.of(StateKeys.catalogue())).get(0);
    try {
      return stored == null ? Catalogue.empty() : CatalogueJson.readCatalogue(stored);
    } catch (UnreadableDefinitionsException e) {
      throw new IOException("the definitions in " + database + " cannot be read", e);
    }
  }

  /**
   * Rebases a database.
   *
   * @param database changed, and of no use afterwards
   * @param checkpoint where the result is put; must not exist
   * @param wanted what the database is to say it is
   * @param position where it stands in the new log
   * @return what was done
   */
  static Rebase make(
      Path database, Path checkpoint, Wanted wanted, Position position, RocksResources resources) {
    StateIdentity identity = wanted.identity();
    try (RocksShard shard = RocksShard.open(database, resources)) {
      BatchedState state = new BatchedState(shard);
      state.put(StateKeys.identity(), identity.encode());
      Rebase rebase = new Rebase(identity.shard(), wanted.shards(), state, wanted.definitions());
      while (rebase.step()) {
        state.commit(position);
      }
      state.commit(position);
      shard.checkpoint(checkpoint);
      return rebase;
    }
  }

  /**
   * What a database is to be.
   *
   * @param shards how many the application has
   * @param definitions that it is to have
   */
  record Wanted(StateIdentity identity, int shards, Catalogue definitions) {}
}
