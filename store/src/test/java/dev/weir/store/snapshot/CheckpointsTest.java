package dev.weir.store.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.rocksdb.RocksResources;
import dev.weir.store.rocksdb.RocksShard;
import dev.weir.store.rocksdb.StateIdentity;
import dev.weir.store.snapshot.Checksum.Kind;
import dev.weir.store.write.StateKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckpointsTest {
  @TempDir Path directory;
  private SampleShard shard;
  private Checkpoints checkpoints;

  @BeforeEach
  void open() throws IOException {
    shard = new SampleShard(directory.resolve("shard"));
    checkpoints =
        Checkpoints.in(directory.resolve("checkpoints"), shard.shards(), Clock.systemUTC());
  }

  @AfterEach
  void close() {
    shard.close();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aCheckpointStandsStillWhileTheShardGoesOn(Kind kind) throws IOException {
    shard.write(500);
    long offset = shard.offset();
    try (var checkpoint = checkpoints.take(SampleShard.SHARD, kind).orElseThrow()) {
      shard.write(500);

      Manifest manifest = checkpoint.manifest();
      assertThat(manifest.state())
          .isEqualTo(
              new Manifest.State("shop", SampleShard.SHARD, SampleShard.position(offset), 0));
      assertThat(manifest.size()).isGreaterThan(500_000);
      assertThat(Inspection.objection(checkpoint.directory(), manifest)).isEmpty();
    }
  }

  @Test
  void aShardThatIsNotOpenHasNone() throws IOException {
    assertThat(checkpoints.take(0, Kind.CRC32C)).isEmpty();
  }

  @Test
  void nothingIsLeftBehind() throws IOException {
    shard.write(10);
    checkpoints.take(SampleShard.SHARD, Kind.CRC32C).orElseThrow().close();
    assertThat(directory.resolve("checkpoints")).isEmptyDirectory();
    var unused = checkpoints.take(SampleShard.SHARD, Kind.CRC32C).orElseThrow();

    Checkpoints.in(directory.resolve("checkpoints"), shard.shards(), Clock.systemUTC());

    assertThat(directory.resolve("checkpoints")).isEmptyDirectory();
  }

  @Test
  void everyDamageIsNoticed() throws IOException {
    shard.write(500);
    var checkpoint = checkpoints.take(SampleShard.SHARD, Kind.SHA256).orElseThrow();
    Manifest manifest = checkpoint.manifest();
    Path copy = directory.resolve("copy");
    for (ManifestFile file : manifest.files()) {
      if (file.size() == 0) {
        continue;
      }
      Path damaged = copy(checkpoint.directory(), copy).resolve(file.name());
      byte[] bytes = Files.readAllBytes(damaged);
      bytes[bytes.length / 2] ^= 1;
      Files.write(damaged, bytes);
      assertThat(Inspection.objection(copy, manifest))
          .hasValue("the file " + file.name() + " is damaged: its checksum is another one");

      Files.write(
          copy(checkpoint.directory(), copy).resolve(file.name()),
          new byte[1],
          StandardOpenOption.APPEND);
      assertThat(Inspection.objection(copy, manifest))
          .hasValueSatisfying(r -> assertThat(r).contains("the manifest says"));

      Files.delete(copy(checkpoint.directory(), copy).resolve(file.name()));
      assertThat(Inspection.objection(copy, manifest))
          .hasValue("the file " + file.name() + " is missing");

      Path link = copy(checkpoint.directory(), copy).resolve(file.name());
      Files.delete(link);
      Files.createSymbolicLink(link, checkpoint.directory().resolve(file.name()));
      assertThat(Inspection.objection(copy, manifest))
          .hasValue(file.name() + " is no regular file");
    }
  }

  @Test
  void filesThatTheManifestDoesNotNameAreNoticed() throws IOException {
    shard.write(10);
    var checkpoint = checkpoints.take(SampleShard.SHARD, Kind.SHA256).orElseThrow();
    Files.write(checkpoint.directory().resolve("999999.sst"), new byte[] {1});
    assertThat(Inspection.objection(checkpoint.directory(), checkpoint.manifest()))
        .hasValue("there are files that the manifest does not name: [999999.sst]");
  }

  @Test
  void aManifestThatSaysAnotherPositionIsNoticed() throws IOException {
    shard.write(10);
    var checkpoint = checkpoints.take(SampleShard.SHARD, Kind.SHA256).orElseThrow();
    Manifest right = checkpoint.manifest();
    Manifest wrong =
        new Manifest(
            new Manifest.State("shop", SampleShard.SHARD, SampleShard.position(8), 0),
            right.created(),
            right.files());
    assertThat(Inspection.objection(checkpoint.directory(), wrong))
        .hasValueSatisfying(r -> assertThat(r).contains("the manifest says"));
  }

  @Test
  void aStateOfANewerFormatIsRefused() throws IOException {
    shard.write(10);
    var checkpoint = checkpoints.take(SampleShard.SHARD, Kind.SHA256).orElseThrow();
    Path newer = copy(checkpoint.directory(), directory.resolve("newer"));
    StateIdentity identity =
        new StateIdentity(
            StateIdentity.FORMAT + 1,
            SampleShard.LOG,
            0,
            SampleShard.SHARD,
            SampleShard.APPLICATION);
    try (RocksResources resources = new RocksResources(32 << 20);
        RocksShard database = RocksShard.open(newer, resources)) {
      database.write(Map.of(StateKeys.identity(), identity.encode()).entrySet());
    }
    assertThat(Inspection.ofDatabase(newer, checkpoint.manifest()))
        .hasValueSatisfying(
            reason -> assertThat(reason).contains("its format is " + identity.format()));
  }

  private static Path copy(Path from, Path to) throws IOException {
    Trees.delete(to);
    Files.createDirectories(to);
    try (var files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return to;
  }
}
