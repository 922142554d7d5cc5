package dev.weir.store.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.store.Catalogue;
import dev.weir.store.Position;
import dev.weir.store.read.OpenShards;
import dev.weir.store.read.ShardView;
import dev.weir.store.rocksdb.RocksResources;
import dev.weir.store.rocksdb.RocksShard;
import dev.weir.store.rocksdb.StateIdentity;
import dev.weir.store.write.StateKeys;
import dev.weir.store.write.StateValues;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
  private final OpenShards shards = new OpenShards(SHARD + 1);
  private final Random random = new Random(1);
  private long offset = -1;

  SampleShard(Path directory) {
    database = RocksShard.open(directory, resources);
    byte[] identity = new StateIdentity(StateIdentity.FORMAT, LOG, 0, SHARD, APPLICATION).encode();
    database.write(Map.of(StateKeys.identity(), identity).entrySet());
    write(0);
    shards.open(SHARD, new View());
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
      database.write(new ArrayList<>(batch.entrySet()));
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

  private final class View implements ShardView {
    @Override
    public byte[] get(byte[] stateKey) {
      return database.get(stateKey);
    }

    @Override
    public List<byte[]> multiGet(List<byte[]> stateKeys) {
      return database.multiGet(stateKeys);
    }

    @Override
    public Walk walk(byte[] from, byte[] to, boolean descending) {
      return database.walk(from, to, descending);
    }

    @Override
    public Catalogue catalogue() {
      return Catalogue.empty();
    }

    @Override
    public boolean knows(int collection) {
      return true;
    }

    @Override
    public Position applied() {
      return position(offset);
    }

    @Override
    public Position reached() {
      return position(offset);
    }

    @Override
    public void checkpoint(Path target) {
      database.checkpoint(target);
    }

    @Override
    public long sizeBytes() {
      return database.sizeBytes();
    }
  }
}
