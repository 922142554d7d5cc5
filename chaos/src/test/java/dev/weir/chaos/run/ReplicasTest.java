package dev.weir.chaos.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.rocksdb.RocksResources;
import dev.weir.store.rocksdb.RocksShard;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** States that differ are told apart, in what they have and in what one of them lacks. */
final class ReplicasTest {
  @TempDir private Path directory;

  @Test
  void everyDifferenceIsNamed() {
    Path first = state("first", 1, 2, 3);
    assertThat(Replicas.difference(first, state("same", 1, 2, 3)).different()).isEmpty();
    assertThat(Replicas.difference(first, state("other", 1, 9, 3)).different())
        .containsExactly("0102 = 02 | 09");
    assertThat(Replicas.difference(first, state("less", 1, 2)).different())
        .containsExactly("0103 = 03 | null");
    assertThat(Replicas.difference(first, state("more", 1, 2, 3, 4)).different())
        .containsExactly("0104 = none | 04");
    assertThat(Replicas.difference(first, state("again", 1, 2, 3)).entries()).isEqualTo(3);
  }

  /** A state whose n-th entry has this value. */
  private Path state(String name, int... values) {
    Path path = directory.resolve(name);
    List<Map.Entry<byte[], byte[]>> entries = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      entries.add(Map.entry(new byte[] {1, (byte) (i + 1)}, new byte[] {(byte) values[i]}));
    }
    try (RocksResources resources = new RocksResources(32 << 20);
        RocksShard shard = RocksShard.open(path, resources)) {
      shard.write(new ArrayList<>(entries));
    }
    return path;
  }
}
