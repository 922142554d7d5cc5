package dev.weir.query.peer;

import dev.weir.store.Catalogue;
import dev.weir.store.Position;
import dev.weir.store.read.OpenShards;
import dev.weir.store.rocksdb.RocksResources;
import dev.weir.store.rocksdb.RocksShard;
import dev.weir.store.rocksdb.StateIdentity;
import dev.weir.store.streams.StoreView;
import dev.weir.store.write.StateKeys;
import dev.weir.store.write.StateValues;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** An open shard of a few mebibytes that cannot be compressed, without Kafka. */
final class LentShard implements AutoCloseable {
  private final RocksResources resources = new RocksResources(32L << 20);
  private final RocksShard database;
  private final OpenShards shards = new OpenShards(1);

  /**
   * Makes one.
   *
   * @param documents of a kilobyte
   */
  LentShard(Path directory, int documents) {
    database = RocksShard.open(directory, resources);
    Position position = new Position(PeerFixture.LOG, 0, 99, 1);
    byte[] identity =
        new StateIdentity(StateIdentity.FORMAT, PeerFixture.LOG, 0, 0, "app").encode();
    database.write(Map.of(StateKeys.identity(), identity).entrySet());
    Random random = new Random(1);
    Map<byte[], byte[]> batch = new TreeMap<>(java.util.Arrays::compareUnsigned);
    for (int i = 0; i < documents; i++) {
      byte[] value = new byte[1000];
      random.nextBytes(value);
      batch.put(StateKeys.document(1, ByteBuffer.allocate(4).putInt(i).array()), value);
    }
    batch.put(StateKeys.position(), StateValues.position(position));
    database.write(new ArrayList<>(batch.entrySet()));
    shards.open(0, new StoreView(database, position, Catalogue.empty()));
  }

  OpenShards shards() {
    return shards;
  }

  @Override
  public void close() {
    shards.close(0);
    database.close();
    resources.close();
  }
}
