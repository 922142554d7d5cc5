package dev.weir.store.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.snapshot.Checksum.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
  @TempDir Path directory;
  private SampleShard shard;
  private Checkpoints checkpoints;
  private ExecutorService threads;

  @BeforeEach
  void open() throws IOException {
    shard = new SampleShard(directory.resolve("shard"));
    checkpoints =
        Checkpoints.in(directory.resolve("checkpoints"), shard.shards(), Clock.systemUTC());
    threads = Executors.newFixedThreadPool(3);
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    shard.close();
  }

  /** The files of a checkpoint; dies after so many bytes. */
  private static final class CheckpointSource implements SnapshotSource {
    private final Checkpoints.Checkpoint checkpoint;
    private final AtomicLong left;

    CheckpointSource(Checkpoints.Checkpoint checkpoint, long diesAfter) {
      this.checkpoint = checkpoint;
      this.left = new AtomicLong(diesAfter);
    }

    @Override
    public Manifest manifest() {
      return checkpoint.manifest();
    }

    @Override
    public ReadableByteChannel open(ManifestFile file, long from) throws IOException {
      return Channels.newChannel(stream(file, from));
    }

    InputStream stream(ManifestFile file, long from) throws IOException {
      InputStream in = Files.newInputStream(checkpoint.directory().resolve(file.name()));
      in.skipNBytes(from);
      return new InputStream() {
        @Override
        public int read() throws IOException {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int at, int length) throws IOException {
          if (left.get() <= 0) {
            throw new IOException("the source is gone");
          }
          int read = in.read(bytes, at, (int) Math.min(length, Math.max(1, left.get())));
          left.addAndGet(-Math.max(0, read));
          return read;
        }

        @Override
        public void close() throws IOException {
          in.close();
        }
      };
    }

    @Override
    public String name() {
      return "a checkpoint";
    }

    @Override
    public void close() {}
  }

  private Checkpoints.Checkpoint checkpoint() throws IOException {
    return checkpoints.take(SampleShard.SHARD, Kind.CRC32C).orElseThrow();
  }

  private Transfer.Result run(SnapshotSource source, Transfer transfer) throws Exception {
    return new Download(directory.resolve("target"), threads, Throttle.none(), transfer)
        .run(source);
  }

  @Test
  void goesOnWhereADeadSourceLeftOff() throws Exception {
    shard.write(5000);
    var first = checkpoint();
    assertThat(run(new CheckpointSource(first, 3_000_000), new Transfer()))
        .isInstanceOf(Transfer.Result.Broken.class);
    // Another source; what it has in common with the first one is not sent again.
    shard.write(10);
    var second = checkpoint();
    Transfer transfer = new Transfer();

    Transfer.Result result = run(new CheckpointSource(second, Long.MAX_VALUE), transfer);

    assertThat(result).isInstanceOf(Transfer.Result.Arrived.class);
    var arrived = (Transfer.Result.Arrived) result;
    assertThat(Inspection.objection(arrived.directory(), second.manifest())).isEmpty();
    assertThat(transfer.kept()).isGreaterThan(2_000_000);
    assertThat(transfer.kept() + transfer.fetched()).isEqualTo(second.manifest().size());
    assertThat(directory.resolve("target/parts")).isEmptyDirectory();
  }

  @Test
  void aPartThatWasDamagedMeanwhileIsFetchedAgain() throws Exception {
    shard.write(5000);
    var source = checkpoint();
    run(new CheckpointSource(source, 3_000_000), new Transfer());
    try (var parts = Files.list(directory.resolve("target/parts"))) {
      for (Path part : parts.filter(p -> p.toString().endsWith("sst")).toList()) {
        byte[] bytes = Files.readAllBytes(part);
        if (bytes.length > 0) {
          bytes[0] ^= 1;
          Files.write(part, bytes);
        }
      }
    }
    assertThat(run(new CheckpointSource(source, Long.MAX_VALUE), new Transfer()))
        .isInstanceOf(Transfer.Result.Arrived.class);
  }

  @Test
  void aDownloadThatWasNotUsedIsNotFetchedAgain() throws Exception {
    shard.write(500);
    var source = checkpoint();
    run(new CheckpointSource(source, Long.MAX_VALUE), new Transfer());
    Transfer again = new Transfer();
    assertThat(run(new CheckpointSource(source, Long.MAX_VALUE), again))
        .isInstanceOf(Transfer.Result.Arrived.class);
    assertThat(again.fetched()).isZero();
  }

  @Test
  void aLinkInItsPlaceIsNotFollowed() throws Exception {
    shard.write(500);
    var source = checkpoint();
    Path victim = Files.write(directory.resolve("victim"), new byte[0]);
    ManifestFile file = source.manifest().files().get(1);
    Path parts = Files.createDirectories(directory.resolve("target/parts"));
    Files.createSymbolicLink(
        parts.resolve(file.checksum().hex() + "-" + file.size() + "-" + file.name()), victim);
    assertThat(run(new CheckpointSource(source, Long.MAX_VALUE), new Transfer()))
        .isInstanceOf(Transfer.Result.Broken.class);
    assertThat(victim).hasBinaryContent(new byte[0]);
  }

  @Test
  void aSourceThatSaysMoreThanItsManifestIsRefused() throws Exception {
    shard.write(50);
    var source = checkpoint();
    SnapshotSource longer =
        new SnapshotSource() {
          @Override
          public Manifest manifest() {
            return source.manifest();
          }

          @Override
          public ReadableByteChannel open(ManifestFile file, long from) throws IOException {
            return Channels.newChannel(
                new SequenceInputStream(
                    new CheckpointSource(source, Long.MAX_VALUE).stream(file, from),
                    new ByteArrayInputStream(new byte[1])));
          }

          @Override
          public String name() {
            return "a liar";
          }

          @Override
          public void close() {}
        };
    assertThat(run(longer, new Transfer()))
        .isInstanceOfSatisfying(
            Transfer.Result.Unusable.class, r -> assertThat(r.reason()).contains("behind its end"));
  }
}
