package dev.weir.store.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.store.Catalogue;
import dev.weir.store.Position;
import dev.weir.store.read.OpenShards;
import dev.weir.store.rocksdb.RocksResources;
import dev.weir.store.rocksdb.RocksShard;
import dev.weir.store.rocksdb.StateIdentity;
import dev.weir.store.streams.StoreView;
import dev.weir.store.write.StateKeys;
import dev.weir.store.write.StateValues;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;

/** An open shard with documents in it, without Kafka. */
final class SampleShard implements AutoCloseable {
  static final Uuid LOG = new Uuid(11, 22);
  static final String APPLICATION = "shop";
  static final int SHARD = 3;
  private static final long MIB = 1024 * 1024;

  private final RocksResources resources = new RocksResources(32 * MIB);
  private final RocksShard database;
  private final StoreView view;
  private final OpenShards shards = new OpenShards(SHARD + 1);
  private final Random random = new Random(1);
  private long offset = -1;

  SampleShard(Path directory) {
    database = RocksShard.open(directory, resources);
    byte[] identity = new StateIdentity(StateIdentity.FORMAT, LOG, 0, SHARD, APPLICATION).encode();
    database.write(Map.of(StateKeys.identity(), identity).entrySet());
    view = new StoreView(database, position(offset), Catalogue.empty());
    shards.open(SHARD, view);
  }

  static Position position(long offset) {
    return new Position(LOG, 0, offset, 5);
  }

  static Manifest.Target target() {
    return new Manifest.Target(APPLICATION, position(-1), SHARD);
  }

  OpenShards shards() {
    return shards;
  }

  /** Writes so many documents of a kilobyte that cannot be compressed; one record each. */
  void write(int documents) {
    for (int i = 0; i < documents; i++) {
      offset++;
      byte[] value = new byte[1000];
      random.nextBytes(value);
      Map<byte[], byte[]> batch = new TreeMap<>(java.util.Arrays::compareUnsigned);
      batch.put(StateKeys.document(1, ("k" + offset).getBytes(UTF_8)), value);
      batch.put(StateKeys.position(), StateValues.position(position(offset)));
      view.reaching(position(offset));
      database.write(new ArrayList<>(batch.entrySet()));
      view.applied(position(offset));
    }
  }

  long offset() {
    return offset;
  }

  @Override
  public void close() {
    shards.close(SHARD);
    database.close();
    resources.close();
  }
}
