package dev.weir.store.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.store.Position;
import dev.weir.store.snapshot.Checksum.Kind;
import dev.weir.store.snapshot.ManifestText.Reading;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotRepositoryTest {
  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

  @TempDir Path directory;
  private Path place;
  private SampleShard shard;
  private ExecutorService threads;
  private Instant now = START;

  @BeforeEach
  void open() {
    place = directory.resolve("repository");
    shard = new SampleShard(directory.resolve("shard"));
    threads = Executors.newFixedThreadPool(3);
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    shard.close();
  }

  private SnapshotRepository repository(ObjectStore store) {
    return new SnapshotRepository(store, "shop", SampleShard.position(-1));
  }

  private SnapshotRepository.Stored store(ObjectStore store) throws IOException {
    var checkpoints =
        Checkpoints.in(
            directory.resolve("checkpoints"), shard.shards(), Clock.fixed(now, ZoneOffset.UTC));
    try (var checkpoint = checkpoints.take(SampleShard.SHARD, Kind.SHA256).orElseThrow()) {
      return repository(store).store(checkpoint.manifest(), checkpoint.directory());
    }
  }

  private Transfer.Result fetch(ObjectStore store, Snapshot snapshot, String target)
      throws Exception {
    SnapshotRepository repository = repository(store);
    Reading reading = repository.manifest(snapshot);
    assertThat(reading).isInstanceOf(Reading.Read.class);
    return new Download(directory.resolve(target), threads, Throttle.none(), new Transfer())
        .run(repository.source(((Reading.Read) reading).manifest()));
  }

  @Test
  void whatWasStoredComesBack() throws Exception {
    ObjectStore store = new DirectoryStore(place);
    shard.write(300);
    Snapshot snapshot = store(store).snapshot();
    assertThat(repository(store).list(SampleShard.SHARD)).containsExactly(snapshot);
    assertThat(snapshot.id()).isEqualTo("20261121T100000Z-0000000000000000299");
    assertThat(Snapshot.parse(SampleShard.SHARD, snapshot.id())).hasValue(snapshot);

    Transfer.Result result = fetch(store, snapshot, "target");

    assertThat(result).isInstanceOf(Transfer.Result.Arrived.class);
    var arrived = (Transfer.Result.Arrived) result;
    assertThat(Inspection.objection(arrived.directory(), arrived.manifest())).isEmpty();
    assertThat(arrived.manifest().state().position()).isEqualTo(SampleShard.position(299));
  }

  @Test
  void aFileIsStoredOnce() throws IOException {
    ObjectStore store = new DirectoryStore(place);
    shard.write(2000);
    assertThat(store(store).bytes()).isGreaterThan(2_000_000);
    shard.write(10);
    now = now.plusSeconds(60);
    assertThat(store(store).bytes()).isBetween(10_000L, 100_000L);
  }

  @Test
  void anInterruptedStoreLeavesNothingToBeSeen() throws IOException {
    ObjectStore real = new DirectoryStore(place);
    shard.write(300);
    int calls = 0;
    for (int failing = 1; repository(real).list(SampleShard.SHARD).isEmpty(); failing++) {
      int call = failing;
      try {
        store(new FaultyStore(real, number -> number >= call));
        calls = failing;
      } catch (IOException e) {
        assertThat(repository(real).list(SampleShard.SHARD)).isEmpty();
      }
    }
    // Listing, each file, listing again, the manifest.
    assertThat(calls).isGreaterThan(5);
  }

  @Test
  void aStoreThatFailsEveryThirdCallIsAskedAgain() throws Exception {
    ObjectStore store =
        new PatientStore(
            new FaultyStore(new DirectoryStore(place), n -> n % 3 == 0), 4, Duration.ofMillis(1));
    shard.write(300);
    Snapshot snapshot = store(store).snapshot();
    assertThat(fetch(store, snapshot, "target")).isInstanceOf(Transfer.Result.Arrived.class);
    assertThat(new Housekeeping(repository(store), clock()).run(3, keep(1)).dropped()).isZero();
  }

  @Test
  void aFailureThatStaysIsTold() {
    ObjectStore store =
        new PatientStore(
            new FaultyStore(new DirectoryStore(place), n -> true), 3, Duration.ofMillis(1));
    assertThatThrownBy(() -> store(store)).isInstanceOf(IOException.class);
  }

  @Test
  void aPlaceThatMayNotBeWrittenIsNotAskedAgain() {
    AccessDeniedException denied = new AccessDeniedException("no");
    FaultyStore refusing = new FaultyStore(new DirectoryStore(place), n -> n > 2, () -> denied);
    ObjectStore store = new PatientStore(refusing, 3, Duration.ofMillis(1));
    shard.write(10);
    assertThatThrownBy(() -> store(store)).isSameAs(denied);
    assertThat(refusing.calls()).isEqualTo(3);
  }

  @Test
  void aSnapshotOfSomethingElseIsRefused() throws IOException {
    ObjectStore store = new DirectoryStore(place);
    shard.write(3);
    Snapshot snapshot = store(store).snapshot();
    Position log = SampleShard.position(-1);
    Uuid otherId = new Uuid(7, 7);
    refused(store, snapshot, "other", log, "of application 'shop', wanted is 'other'");
    refused(store, snapshot, "shop", Position.start(log.logId(), 1), "of generation 0");
    refused(store, snapshot, "shop", Position.start(otherId, 0), "of log " + log.logId());
  }

  /** Puts the snapshot where those of another application or log are. */
  private void refused(
      ObjectStore store, Snapshot snapshot, String application, Position log, String reason)
      throws IOException {
    RepositoryLayout there = new RepositoryLayout(application, log);
    Path manifest = place.resolve(repository(store).layout().manifest(snapshot));
    store.put(there.manifest(snapshot), manifest);
    SnapshotRepository repository = new SnapshotRepository(store, application, log);
    assertThat(repository.list(SampleShard.SHARD)).containsExactly(snapshot);
    assertThat(repository.manifest(snapshot))
        .isInstanceOfSatisfying(
            Reading.Refused.class, r -> assertThat(r.reason()).contains(reason));
    assertThat(new VerifiedSnapshots(repository).newest(SampleShard.SHARD)).isEmpty();
  }

  @Test
  void aPlaceThatIsAFileIsTold() throws IOException {
    Files.write(place, new byte[1]);
    assertThatThrownBy(() -> store(new DirectoryStore(place))).isInstanceOf(IOException.class);
  }

  @Test
  void damagedFilesAndManifestsAreRefused() throws Exception {
    ObjectStore store = new DirectoryStore(place);
    shard.write(300);
    Snapshot snapshot = store(store).snapshot();
    List<Path> files = files("files");
    for (Path file : files) {
      byte[] good = Files.readAllBytes(file);
      if (good.length == 0) {
        continue;
      }
      String sum = file.getFileName().toString();
      byte[] flipped = good.clone();
      flipped[good.length - 1] ^= 4;
      Files.write(file, flipped);
      assertThat(fetch(store, snapshot, "flipped" + sum))
          .isInstanceOf(Transfer.Result.Unusable.class);
      Files.write(file, java.util.Arrays.copyOf(good, good.length - 1));
      assertThat(fetch(store, snapshot, "short" + sum))
          .isInstanceOf(Transfer.Result.Unusable.class);
      Files.write(file, java.util.Arrays.copyOf(good, good.length + 1));
      assertThat(fetch(store, snapshot, "long" + sum)).isInstanceOf(Transfer.Result.Unusable.class);
      Files.delete(file);
      assertThat(fetch(store, snapshot, "missing" + sum))
          .isInstanceOf(Transfer.Result.Broken.class);
      Files.write(file, good);
    }
    assertThat(fetch(store, snapshot, "whole")).isInstanceOf(Transfer.Result.Arrived.class);
    Path manifest = files("manifests").get(0);
    byte[] text = Files.readAllBytes(manifest);
    text[100] ^= 1;
    Files.write(manifest, text);
    assertThat(repository(store).manifest(snapshot)).isInstanceOf(Reading.Refused.class);
  }

  @Test
  void aManifestUnderAnotherNameIsRefused() throws IOException {
    ObjectStore store = new DirectoryStore(place);
    shard.write(3);
    Snapshot snapshot = store(store).snapshot();
    Path manifest = files("manifests").get(0);
    Snapshot renamed = new Snapshot(3, snapshot.created().plusSeconds(1), snapshot.offset());
    Files.copy(manifest, manifest.resolveSibling(renamed.id() + ".json"));
    assertThat(repository(store).manifest(renamed))
        .isInstanceOfSatisfying(
            Reading.Refused.class, r -> assertThat(r.reason()).contains("not of " + renamed.id()));
  }

  @Test
  void keepsSoManyAndDropsTheOld() throws IOException {
    ObjectStore store = new DirectoryStore(place);
    List<Snapshot> stored = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      shard.write(10);
      stored.add(0, store(store).snapshot());
      now = now.plus(Duration.ofHours(1));
    }
    Housekeeping keeper = new Housekeeping(repository(store), clock());
    assertThat(keeper.run(3, keep(3)).dropped()).isEqualTo(2);
    assertThat(repository(store).list(3)).isEqualTo(stored.subList(0, 3));
    assertThat(keeper.run(3, new Retention(3, Duration.ofMinutes(90))).dropped()).isEqualTo(2);
    assertThat(repository(store).list(3)).isEqualTo(stored.subList(0, 1));
    now = now.plus(Duration.ofDays(100));
    assertThat(keeper.run(3, keep(1)).dropped()).isZero();
  }

  @Test
  void collectsWhatNobodyNeedsAfterAWhile() throws Exception {
    ObjectStore store = new DirectoryStore(place);
    shard.write(300);
    store(store);
    now = now.plusSeconds(3600);
    shard.write(300);
    Snapshot second = store(store).snapshot();
    store.put("shop/log" + SampleShard.LOG + "-g0/00003/files/" + "0".repeat(64), new byte[9]);
    int before = files("files").size();
    Duration guard = Duration.ofHours(2);

    assertThat(new Housekeeping(repository(store), realClock(), guard).run(3, keep(1)))
        .isEqualTo(new Housekeeping.Report(1, 0, 0));
    age(guard.plusMinutes(1));
    var report = new Housekeeping(repository(store), realClock(), guard).run(3, keep(1));

    assertThat(report.files()).isPositive();
    assertThat(files("files")).hasSize(before - report.files());
    assertThat(directory.resolve("repository").resolve("dropped")).doesNotExist();
    assertThat(fetch(store, second, "target")).isInstanceOf(Transfer.Result.Arrived.class);
  }

  @Test
  void collectsNothingWhileAManifestCannotBeRead() throws IOException {
    ObjectStore store = new DirectoryStore(place);
    shard.write(300);
    store(store);
    Files.write(files("manifests").get(0), new byte[] {1});
    age(Duration.ofDays(9));
    assertThat(new Housekeeping(repository(store), realClock()).run(3, keep(1)))
        .isEqualTo(new Housekeeping.Report(0, 0, 0));
  }

  private static Retention keep(int most) {
    return new Retention(most, Duration.ofDays(365));
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return now;
      }

      @Override
      public java.time.ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(java.time.ZoneId zone) {
        return this;
      }
    };
  }

  private static Clock realClock() {
    return Clock.systemUTC();
  }

  private void age(Duration by) throws IOException {
    for (Path file : files("")) {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(by)));
    }
  }

  private List<Path> files(String kind) throws IOException {
    try (var all = Files.walk(place)) {
      return all.filter(Files::isRegularFile)
          .filter(f -> f.toString().contains("/" + kind))
          .sorted()
          .toList();
    }
  }
}
