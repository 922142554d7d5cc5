package dev.weir.store.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.weir.store.snapshot.Checksum.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A receiver whose disk is full, or becomes so: a real file system of its own, where allowed. */
class DiskFullTest {
  private static final int DOCUMENTS = 6_000;

  @TempDir Path directory;
  private Path disk;
  private boolean mounted;
  private SampleShard shard;
  private ExecutorService threads;
  private Checkpoints.Checkpoint checkpoint;

  @BeforeEach
  void open() throws Exception {
    disk = Files.createDirectories(directory.resolve("disk"));
    shard = new SampleShard(directory.resolve("shard"));
    shard.write(DOCUMENTS);
    checkpoint =
        Checkpoints.in(directory.resolve("checkpoints"), shard.shards(), Clock.systemUTC())
            .take(SampleShard.SHARD, Kind.CRC32C)
            .orElseThrow();
    threads = Executors.newFixedThreadPool(3);
  }

  private void mount(int mebibytes) throws Exception {
    mounted =
        run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", disk.toString());
    assumeThat(mounted).as("may mount a file system").isTrue();
  }

  private static boolean run(String... command) throws Exception {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @AfterEach
  void close() throws Exception {
    threads.shutdownNow();
    shard.close();
    if (mounted) {
      assertThat(run("umount", disk.toString())).isTrue();
    }
  }

  /** The files of the checkpoint; something happens once, in the middle. */
  private final class Source implements SnapshotSource {
    private final Runnable inTheMiddle;

    Source(Runnable inTheMiddle) {
      this.inTheMiddle = inTheMiddle;
    }

    @Override
    public Manifest manifest() {
      return checkpoint.manifest();
    }

    @Override
    public ReadableByteChannel open(ManifestFile file, long from) throws IOException {
      if (from == 0 && file.size() > 1_000_000) {
        inTheMiddle.run();
      }
      InputStream in = Files.newInputStream(checkpoint.directory().resolve(file.name()));
      in.skipNBytes(from);
      return Channels.newChannel(in);
    }

    @Override
    public String name() {
      return "a checkpoint";
    }

    @Override
    public void close() {}
  }

  private Transfer.Result fetch(Runnable inTheMiddle, Transfer transfer) throws Exception {
    return new Download(disk.resolve("arriving"), threads, Throttle.none(), transfer)
        .run(new Source(inTheMiddle));
  }

  @Test
  void isRefusedBeforeAnythingIsFetched() throws Exception {
    mount(8);
    Transfer transfer = new Transfer();
    assertThat(fetch(() -> {}, transfer))
        .isInstanceOfSatisfying(
            Transfer.Result.Broken.class,
            broken -> assertThat(broken.reason()).contains("bytes left", "make room"));
    assertThat(transfer.fetched()).isZero();
  }

  @Test
  void whatHasArrivedBeforeItFilledUpIsKept() throws Exception {
    mount(96);
    Path other = disk.resolve("other");
    Transfer.Result full = fetch(() -> fill(other), new Transfer());
    assertThat(full)
        .isInstanceOfSatisfying(
            Transfer.Result.Broken.class,
            broken -> assertThat(broken.reason()).contains("No space left"));

    Files.delete(other);
    Transfer again = new Transfer();
    assertThat(fetch(() -> {}, again)).isInstanceOf(Transfer.Result.Arrived.class);
    assertThat(again.kept()).isPositive();
    assertThat(again.kept() + again.fetched()).isEqualTo(checkpoint.manifest().size());
  }

  /** Leaves a mebibyte of the disk. */
  private synchronized void fill(Path other) {
    try (var out = Files.newOutputStream(other)) {
      byte[] mebibyte = new byte[1 << 20];
      while (Files.getFileStore(disk).getUsableSpace() > 2L << 20) {
        out.write(mebibyte);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
