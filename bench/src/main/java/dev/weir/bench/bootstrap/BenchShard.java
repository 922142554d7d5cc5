package dev.weir.bench.bootstrap;

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
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** An open shard of documents that cannot be compressed, without Kafka. */
final class BenchShard implements AutoCloseable {
  static final Uuid LOG = new Uuid(1, 1);
  static final String APPLICATION = "bench";
  private static final int VALUE_BYTES = 1000;
  private static final int BATCH = 1000;

  private final RocksResources resources = new RocksResources(256L << 20);
  private final RocksShard database;
  private final OpenShards shards = new OpenShards(1);

  BenchShard(Path directory, int documents) {
    database = RocksShard.open(directory, resources);
    Position position = new Position(LOG, 0, documents, 1);
    Random random = new Random(1);
    byte[] identity = new StateIdentity(StateIdentity.FORMAT, LOG, 0, 0, APPLICATION).encode();
    database.write(Map.of(StateKeys.identity(), identity).entrySet());
    for (int i = 0; i < documents; i += BATCH) {
      Map<byte[], byte @Nullable []> batch = new TreeMap<>(Arrays::compareUnsigned);
      for (int j = i; j < i + BATCH; j++) {
        byte[] value = new byte[VALUE_BYTES];
        random.nextBytes(value);
        batch.put(StateKeys.document(1, ByteBuffer.allocate(8).putLong(j).array()), value);
      }
      batch.put(StateKeys.position(), StateValues.position(position));
      database.write(new ArrayList<>(batch.entrySet()));
    }
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
