package dev.weir.store.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.Catalogue;
import dev.weir.store.Position;
import dev.weir.store.rocksdb.RocksResources;
import dev.weir.store.rocksdb.RocksShard;
import dev.weir.store.streams.StoreView;
import dev.weir.store.write.StateKeys;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnsentTest {
  @TempDir Path directory;

  @Test
  void countsWhatEveryTargetStillLacks() {
    try (RocksResources resources = new RocksResources(32 << 20);
        RocksShard database = RocksShard.open(directory.resolve("shard"), resources)) {
      Position position = new Position(new Uuid(1, 2), 0, 9, 0);
      StoreView view = new StoreView(database, position, Catalogue.empty());
      assertThat(Unsent.records(view)).isZero();

      span(database, 1, 4, 10);
      span(database, 2, 8, 7); // all of it is there
      span(database, 7, 1, 1);
      assertThat(Unsent.records(view)).isEqualTo(7 + 1);

      span(database, 1, 11, 10);
      assertThat(Unsent.records(view)).isEqualTo(1);
    }
  }

  private static void span(RocksShard database, int target, long first, long last) {
    byte[] value = ByteBuffer.allocate(16).putLong(first).putLong(last).array();
    database.write(Map.of(StateKeys.outboxSpan(target), value).entrySet());
  }
}
