package dev.weir.store.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.snapshot.Checksum.Kind;
import dev.weir.store.truncation.VerifiedSnapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only what can be read back counts as kept. */
class VerifiedSnapshotsTest {
  @TempDir Path directory;
  private SampleShard shard;
  private SnapshotRepository repository;
  private Instant now = Instant.parse("2026-11-21T10:00:00Z");

  @BeforeEach
  void open() throws IOException {
    shard = new SampleShard(directory.resolve("shard"));
    repository =
        new SnapshotRepository(
            new DirectoryStore(directory.resolve("repository")),
            SampleShard.APPLICATION,
            SampleShard.position(-1));
  }

  @AfterEach
  void close() {
    shard.close();
  }

  private Snapshot store() throws IOException {
    now = now.plusSeconds(60);
    var checkpoints =
        Checkpoints.in(
            directory.resolve("checkpoints"), shard.shards(), Clock.fixed(now, ZoneOffset.UTC));
    try (var checkpoint = checkpoints.take(SampleShard.SHARD, Kind.SHA256).orElseThrow()) {
      return repository.store(checkpoint.manifest(), checkpoint.directory()).snapshot();
    }
  }

  @Test
  void theNewestSoundOneCounts() throws IOException {
    VerifiedSnapshots sound = new VerifiedSnapshots(repository);
    assertThat(sound.newest(SampleShard.SHARD)).isEmpty();
    shard.write(100);
    store();
    assertThat(sound.newest(SampleShard.SHARD)).hasValue(99);
    shard.write(100);
    store();
    assertThat(sound.newest(SampleShard.SHARD)).hasValue(199);
    assertThat(sound.newest(SampleShard.SHARD)).as("looked at again").hasValue(199);
  }

  @Test
  void oneWithADamagedFileDoesNot() throws IOException {
    shard.write(2000);
    store();
    List<Path> before = files();
    shard.write(2000);
    store();
    Path added = files().stream().filter(file -> !before.contains(file)).findAny().orElseThrow();
    byte[] bytes = Files.readAllBytes(added);
    bytes[bytes.length / 2] ^= 1;
    Files.write(added, bytes);
    assertThat(new VerifiedSnapshots(repository).newest(SampleShard.SHARD)).hasValue(1999);
  }

  @Test
  void oneThatLosesAFileLaterIsNoticed() throws IOException {
    shard.write(300);
    store();
    VerifiedSnapshots sound = new VerifiedSnapshots(repository);
    assertThat(sound.newest(SampleShard.SHARD)).hasValue(299);
    Path file = files().stream().filter(each -> each.toFile().length() > 0).findAny().orElseThrow();
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 1));
    assertThat(sound.newest(SampleShard.SHARD)).isEmpty();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> paths = Files.walk(directory.resolve("repository"))) {
      return paths
          .filter(path -> path.toString().contains("/files/") && Files.isRegularFile(path))
          .sorted()
          .toList();
    }
  }
}
