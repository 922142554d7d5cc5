package dev.weir.store.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.snapshot.Checksum.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only what can be read back counts as kept. */
class VerifiedSnapshotsTest {
  private static final Retention ONE = new Retention(1, Duration.ofDays(365));

  @TempDir Path directory;
  private SampleShard shard;
  private SnapshotRepository repository;
  private int fetched;
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

  @Test
  void whatIsReliedOnOutlivesNewerOnesThatAreDamaged() throws IOException {
    shard.write(2000);
    store();
    VerifiedSnapshots sound = new VerifiedSnapshots(repository);
    assertThat(sound.newest(SampleShard.SHARD)).hasValue(1999);
    List<Path> before = files();
    shard.write(2000);
    store();
    flip(added(before));
    assertThat(keepOne()).as("the older one is relied on").isZero();
    assertThat(sound.newest(SampleShard.SHARD)).hasValue(1999);
    shard.write(5);
    store();
    assertThat(keepOne()).as("the damaged one, and not the one before it").isEqualTo(1);
    assertThat(new VerifiedSnapshots(repository).newest(SampleShard.SHARD)).hasValue(4004);
    assertThat(keepOne()).as("now the newest is relied on").isEqualTo(1);
    assertThat(repository.list(SampleShard.SHARD)).hasSize(1);
  }

  @Test
  void aDamagedFileIsReplacedByTheNextSnapshotThatHasIt() throws Exception {
    shard.write(2000);
    store();
    List<Path> before = files();
    shard.write(2000);
    Snapshot second = store();
    Path damaged = added(before);
    byte[] good = Files.readAllBytes(damaged);
    flip(damaged);
    VerifiedSnapshots sound = new VerifiedSnapshots(repository);
    assertThat(sound.newest(SampleShard.SHARD)).hasValue(1999);
    shard.write(5);
    store();
    assertThat(files()).contains(damaged);
    assertThat(Files.readAllBytes(damaged)).isEqualTo(good);
    assertThat(sound.newest(SampleShard.SHARD)).hasValue(4004);

    // Found by somebody who fetches it, while the one who verifies has seen it sound.
    flip(damaged);
    assertThat(fetch(second)).isInstanceOf(Transfer.Result.Unusable.class);
    assertThat(sound.newest(SampleShard.SHARD)).as("no look at the disk finds that").hasValue(1999);
    shard.write(5);
    store();
    assertThat(sound.newest(SampleShard.SHARD)).hasValue(4009);
    assertThat(fetch(second)).isInstanceOf(Transfer.Result.Arrived.class);
  }

  @Test
  void whoeverReliesOnOneWhileItIsDroppedHasIt() throws IOException {
    shard.write(300);
    store();
    List<Path> before = files();
    shard.write(300);
    store();
    flip(added(before));
    boolean ended = false;
    for (int moment = 1; !ended; moment++) {
      Path copy = directory.resolve("copy" + moment);
      copy(directory.resolve("repository"), copy);
      int now = moment;
      OptionalLong[] seen = new OptionalLong[1];
      SnapshotRepository asked = in(new DirectoryStore(copy));
      FaultyStore store =
          new FaultyStore(
              new DirectoryStore(copy),
              call -> {
                if (call == now) {
                  seen[0] = newest(asked);
                }
                return false;
              });
      new Housekeeping(in(store), Clock.systemUTC()).run(SampleShard.SHARD, ONE);
      ended = seen[0] == null;
      if (!ended && seen[0].isPresent()) {
        assertThat(asked.list(SampleShard.SHARD))
            .as("seen before call %d", moment)
            .anyMatch(snapshot -> snapshot.offset() == seen[0].getAsLong());
        assertThat(new VerifiedSnapshots(asked).newest(SampleShard.SHARD)).isEqualTo(seen[0]);
      }
    }
  }

  private static OptionalLong newest(SnapshotRepository repository) {
    try {
      return new VerifiedSnapshots(repository).newest(SampleShard.SHARD);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static SnapshotRepository in(ObjectStore store) {
    return new SnapshotRepository(store, SampleShard.APPLICATION, SampleShard.position(-1));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private int keepOne() throws IOException {
    return new Housekeeping(repository, Clock.fixed(now, ZoneOffset.UTC))
        .run(SampleShard.SHARD, ONE)
        .dropped();
  }

  private Transfer.Result fetch(Snapshot snapshot) throws Exception {
    var read = (ManifestText.Reading.Read) repository.manifest(snapshot);
    return new Download(
            directory.resolve("fetched" + now.plusSeconds(fetched++)),
            Runnable::run,
            Throttle.none(),
            new Transfer())
        .run(repository.source(read.manifest()));
  }

  private Path added(List<Path> before) throws IOException {
    return files().stream()
        .filter(file -> !before.contains(file) && file.toFile().length() > 100_000)
        .findAny()
        .orElseThrow();
  }

  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
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
