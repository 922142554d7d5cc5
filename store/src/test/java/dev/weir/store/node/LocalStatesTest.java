package dev.weir.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.log.TopicPlan;
import dev.weir.store.rocksdb.RocksResources;
import dev.weir.store.rocksdb.RocksShard;
import dev.weir.store.rocksdb.StateIdentity;
import dev.weir.store.write.StateKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node must not open is found before anything runs, with what to do about it. */
class LocalStatesTest {
  private static final Uuid LOG = new Uuid(7, 7);
  private static final TopicPlan TOPICS = new TopicPlan("shop", 0, 4);

  @TempDir private Path root;

  @Test
  void everyStateThatThisReleaseCannotReadIsNamed() throws IOException {
    try (StateDirectory directory = claimed()) {
      write(directory, 0, new StateIdentity(StateIdentity.FORMAT, LOG, 0, 0, "shop"));
      write(directory, 1, new StateIdentity(StateIdentity.FORMAT - 1, LOG, 0, 1, "shop"));
      write(directory, 2, new StateIdentity(StateIdentity.FORMAT + 1, LOG, 0, 2, "shop"));
      write(directory, 3, new StateIdentity(StateIdentity.FORMAT, LOG, 0, 2, "shop"));

      assertThat(LocalStates.faults(directory, TOPICS, "shop"))
          .satisfiesExactly(
              older -> assertThat(older).startsWith("shard 1 in ").contains("remove the state"),
              newer -> assertThat(newer).startsWith("shard 2 in ").contains("upgrade this node"),
              other -> assertThat(other).startsWith("shard 3 in ").contains("is of shard 2"));
    }
  }

  @Test
  void whatThisReleaseHasWrittenIsNoFault() throws IOException {
    try (StateDirectory directory = claimed()) {
      write(directory, 0, new StateIdentity(StateIdentity.FORMAT, LOG, 0, 0, "shop"));
      assertThat(LocalStates.faults(directory, TOPICS, "shop")).isEmpty();
    }
  }

  private StateDirectory claimed() {
    return ((StateClaim.Claimed) StateDirectory.claim(root, "shop", Optional.of("n1"))).directory();
  }

  private static void write(StateDirectory directory, int shard, StateIdentity identity)
      throws IOException {
    Path database = new ShardDirectories(directory.streamsDir(), TOPICS).database(shard);
    Files.createDirectories(database.resolveSibling(""));
    try (RocksResources resources = new RocksResources(32 << 20);
        RocksShard shardDatabase = RocksShard.open(database, resources)) {
      shardDatabase.write(Map.of(StateKeys.identity(), identity.encode()).entrySet());
    }
  }
}
